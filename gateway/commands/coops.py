"""`coops check [DIR]`: tell every mistake in the co-ops' files."""

import sys
from collections.abc import Sequence
from pathlib import Path

from gateway.commands import COOPS_DIR, MISUSED
from gateway.coop_check import check_coops
from gateway.wiring import ADAPTERS


def run(arguments: Sequence[str]) -> int:
    """The product's own files, or those in a directory."""
    match arguments:
        case ["check"]:
            return check_coops(COOPS_DIR, ADAPTERS, sys.stdout)
        case ["check", directory]:
            return check_coops(Path(directory), ADAPTERS, sys.stdout)
        case _:
            sys.stderr.write("usage: python -m gateway coops check [DIR]\n")
            return MISUSED
