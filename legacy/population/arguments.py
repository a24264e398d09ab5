"""How a program is told on its command line whom it knows."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from legacy.clock import add_clock_argument
from legacy.population.coops import COOPS
from legacy.population.population import Population
from legacy.population.streams import SEED


def add_population_arguments(parser: ArgumentParser) -> None:
    """Lets a program take `--coop`, `--members`, `--seed` and the clock's `--now`."""
    parser.add_argument("--coop", required=True, choices=sorted(COOPS))
    parser.add_argument("--members", type=_size, default=200, help="how many members the co-op has")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed makes other people, same cast")
    add_clock_argument(parser)


def population_of(arguments: Namespace) -> Population:
    """The population a program was told of, as of its clock's present."""
    return Population(arguments.coop, arguments.members, arguments.now(), arguments.seed)


def _size(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise ArgumentTypeError(f"{text!r} is no number of members; write one of 1 or more")
    return int(text)
