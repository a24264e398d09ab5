"""What keeps a command from starting."""


class CannotStart(Exception):
    """Something it needs is not as it must be; the message says what, and how to put it right, a sentence a line."""
