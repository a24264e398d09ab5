"""`python -m legacy.pos`: the POS back office of one co-op."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from pathlib import Path

from legacy.population.arguments import add_population_arguments, population_of
from legacy.pos.app import PosApp, pos_faults
from legacy.pos.hours import Hours
from legacy.pos.log import InstructionLog
from legacy.pos.members import Members
from legacy.pos.office import BackOffice
from legacy.serving import listening, run


def main() -> None:
    """Serves until SIGTERM or SIGINT."""
    run(_back_office(_arguments().parse_args()))


def _arguments() -> ArgumentParser:
    parser = ArgumentParser(
        "python -m legacy.pos", description="A simulated POS back office (docs/wire/pos.md)."
    )
    add_population_arguments(parser)
    parser.add_argument("--port", type=int, default=0, help="0, the default, picks a free one")
    parser.add_argument(
        "--closed",
        type=_hours,
        default="02:00-05:00",
        metavar="HOURS",
        help="nightly closing, maybe past midnight, or 'off'; default %(default)s",
    )
    parser.add_argument("--state", type=Path, help="SQLite file that keeps the instructions; default: memory")
    parser.add_argument("--key", help="the only key accepted; default: any that is not empty")
    return parser


def _hours(text: str) -> Hours:
    try:
        return Hours.parse(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} are no hours; write 02:00-05:00 or off") from None


@asynccontextmanager
async def _back_office(arguments: Namespace) -> AsyncIterator[Mapping[str, object]]:
    with closing(InstructionLog(arguments.state)) as log:
        office = BackOffice(Members(population_of(arguments)), log, arguments.closed, arguments.now)
        office.catch_up()
        app = PosApp(office, pos_faults(), arguments.key).application()
        async with listening(app, arguments.port) as port:
            yield {"port": port}


if __name__ == "__main__":
    main()
