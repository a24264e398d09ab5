"""`python -m tests.bench.upstream_calls`: calls to the legacy systems, and answers while one is out.

Simulated systems and gateway run on this machine; gateway and clients share a process, without a network
between. Every round plays each case once, in turn, on a gateway that has just started.
"""

import logging
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from statistics import median

import structlog
import uvloop

from tests.bench.calls import SCENARIOS, Count, count
from tests.bench.outages import OUTAGES, Look, Looks, look
from tests.bench.stage import stage
from tests.faults.screens import NOTICES, POS, REGISTRY

ROUNDS = 5


async def measure(rounds: int) -> None:
    """Measures and prints both tables."""
    counts: dict[str, list[Count]] = {scenario.name: [] for scenario in SCENARIOS}
    looks: dict[str, list[Looks]] = {outage.name: [] for outage in OUTAGES}
    async with stage() as running:
        for number in range(1, rounds + 1):
            for scenario in SCENARIOS:
                _progress(f"round {number} of {rounds}: {scenario.name}")
                counts[scenario.name].append(await count(running, scenario))
            for outage in OUTAGES:
                _progress(f"round {number} of {rounds}: {outage.name}")
                looks[outage.name].append(await look(running, outage))
    _say(f"Medians of {rounds} rounds (least–most).\n")
    _say_table(("calls", "registry", "POS", "notices", "all", "seconds"), map(_count_row, counts.items()))
    titles = ("Hirosaki home screen", "nothing known of the member", "last known", "circuit open")
    _say_table(titles, map(_looks_row, looks.items()))


def _count_row(case: tuple[str, list[Count]]) -> Sequence[str]:
    name, counts = case
    each = [_spread([one.calls[system] for one in counts]) for system in (REGISTRY, POS, NOTICES)]
    together = _spread([one.calls.total() for one in counts])
    return name, *each, together, _spread([one.seconds for one in counts])


def _looks_row(case: tuple[str, list[Looks]]) -> Sequence[str]:
    name, looks = case
    kinds: Sequence[Callable[[Looks], Look]] = (
        lambda one: one.unknown,
        lambda one: one.known,
        lambda one: one.spared,
    )
    return name, *(_looked([kind(one) for one in looks]) for kind in kinds)


def _looked(looks: Sequence[Look]) -> str:
    errors = _spread([look.errors for look in looks])
    return f"{_spread([look.seconds for look in looks])} s, {errors} errors"


def _spread(values: Sequence[float]) -> str:
    least, middle, most = (_figure(value) for value in (min(values), median(values), max(values)))
    return middle if least == most else f"{middle} ({least}–{most})"


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}".removesuffix(".00")


def _say_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    for cells in (titles, ["---"] * len(titles), *rows):
        _say(f"| {' | '.join(cells)} |")
    _say("")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _progress(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def main() -> None:
    """The command."""
    parser = ArgumentParser(prog="python -m tests.bench.upstream_calls", description=__doc__)
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help=f"how often each case is played ({ROUNDS})"
    )
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    uvloop.run(measure(options.rounds))


if __name__ == "__main__":
    main()
