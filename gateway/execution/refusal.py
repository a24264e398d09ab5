"""What is left to graphql-core."""


class NotCompiled(Exception):
    """This operation is one that graphql-core executes; the message says why."""
