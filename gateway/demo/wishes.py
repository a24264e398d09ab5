"""What somebody may wish the demo to be like."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_DATA = Path(".data")
_FEWEST_MEMBERS = 20


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the demo is to be like: so many members in each co-op, the gateway's port, where the data lies."""

    members: int
    port: int
    data: Path


def read_wishes(arguments: Sequence[str]) -> Wishes | None:
    """From the command line; None when only the list of accounts is wanted."""
    options = _parser().parse_args(arguments)
    return None if options.accounts else Wishes(options.members, options.port, options.data.absolute())


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m gateway demo",
        description="Both co-ops with simulated legacy systems, the gateway and its worker, on this machine.",
    )
    parser.add_argument("--members", type=_size, default=200, metavar="N", help="members of each co-op (200)")
    parser.add_argument("--port", type=int, default=8000, help="the gateway's port; 0 for any (8000)")
    parser.add_argument("--data", type=Path, default=_DATA, metavar="DIR", help="databases and logs (.data)")
    parser.add_argument("--accounts", action="store_true", help="only print the demo accounts, as JSON")
    return parser


def _size(text: str) -> int:
    if not text.isdecimal() or int(text) < _FEWEST_MEMBERS:
        raise ArgumentTypeError(
            f"write {_FEWEST_MEMBERS} or more: the people of the demo accounts are among the first"
        )
    return int(text)
