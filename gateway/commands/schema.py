"""`schema`: print the GraphQL schema."""

import sys
from collections.abc import Sequence

from gateway.schema.build import printed_schema


def run(arguments: Sequence[str]) -> int:
    """On standard output."""
    sys.stdout.write(printed_schema())
    return 0
