"""The membership registry: `load` creates and fills its database, `gate` stands before it."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from time import monotonic

from legacy.population.arguments import add_population_arguments, population_of
from legacy.registry.gate.running import gate
from legacy.registry.gate.upstream import parse_upstream
from legacy.registry.loading import load
from legacy.serving import run


def main() -> None:
    """Reads the command line and does what it says."""
    arguments = _parser().parse_args()
    arguments.command(arguments)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m legacy.registry", description=__doc__)
    commands = parser.add_subparsers(required=True)
    loading = commands.add_parser("load", help="create and fill a registry database")
    loading.set_defaults(command=_load)
    add_population_arguments(loading)
    loading.add_argument("--url", required=True, help="postgresql://… or sqlite:///…")
    loading.add_argument("--progress", action="store_true", help="show progress even when nobody looks")
    standing = commands.add_parser("gate", help="count statements to a PostgreSQL registry and play faults")
    standing.set_defaults(command=_gate)
    standing.add_argument(
        "--upstream", required=True, type=parse_upstream, metavar="HOST:PORT or /SOCKET/DIR"
    )
    standing.add_argument("--port", type=int, default=0)
    standing.add_argument("--control-port", type=int, default=0)
    return parser


def _load(arguments: Namespace) -> None:
    population = population_of(arguments)
    show_progress = arguments.progress or sys.stderr.isatty()
    began = monotonic()
    asyncio.run(load(arguments.url, population, show_progress=show_progress))
    seconds = monotonic() - began
    sys.stderr.write(
        f"{population.size} members of {population.coop} in {seconds:.1f} s,"
        f" {population.size / seconds:,.0f} a second\n"
    )


def _gate(arguments: Namespace) -> None:
    run(gate(arguments.upstream, arguments.port, arguments.control_port))


if __name__ == "__main__":
    main()
