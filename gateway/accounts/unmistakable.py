"""Random text that people copy from a screen or a letter: nothing in it looks like anything else (A32)."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0 and o, 1, i and l. Five bits a character, almost."""


def random_text(length: int) -> str:
    """So many characters from the system's generator."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
