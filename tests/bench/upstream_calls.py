"""`python -m tests.bench.upstream_calls`: calls to the legacy systems, and answers while one is out.

Simulated systems and gateway run on this machine; gateway and clients share a process, without a network
between. Every round plays each case once, in turn, on a gateway that has just started. With `--asking-anew`
nothing is shown again without asking.
"""

import logging
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import structlog
import uvloop

from gateway.coop_config.reading import load_coops
from gateway.wiring import ADAPTERS
from tests.api.own_gateway import coops_that_ask_anew
from tests.bench.calls import SCENARIOS, Count, count
from tests.bench.outages import OUTAGES, Look, Looks, look
from tests.bench.stage import stage
from tests.conftest import COOPS_DIR
from tests.faults.screens import NOTICES, POS, REGISTRY

ROUNDS = 5


async def measure(rounds: int, coops_dir: Path) -> None:
    """Measures and prints both tables."""
    counts: dict[str, list[Count]] = {scenario.name: [] for scenario in SCENARIOS}
    looks: dict[str, list[Looks]] = {outage.name: [] for outage in OUTAGES}
    async with stage(coops_dir) as running:
        for number in range(1, rounds + 1):
            for scenario in SCENARIOS:
                _progress(f"round {number} of {rounds}: {scenario.name}")
                counts[scenario.name].append(await count(running, scenario))
            for outage in OUTAGES:
                _progress(f"round {number} of {rounds}: {outage.name}")
                looks[outage.name].append(await look(running, outage))
    _say(f"Medians of {rounds} rounds (least–most).\n\n{_freshness(coops_dir)}\n")
    _say_table(("calls", "registry", "POS", "notices", "all", "seconds"), map(_count_row, counts.items()))
    titles = ("Hirosaki home screen", "nothing known of the member", "last known", "circuit open")
    _say_table(titles, map(_looks_row, looks.items()))


def _freshness(coops_dir: Path) -> str:
    """For how long answers are shown again, by co-op and system."""
    told = [
        f"{code} {port} {system.limits.fresh_seconds:g}"
        for code, coop in load_coops(coops_dir, ADAPTERS).items()
        for port, system in coop.systems.by_port().items()
        if port != "mailer"
    ]
    return f"fresh_seconds: {', '.join(told)}."


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
    parser.add_argument("--asking-anew", action="store_true", help="with every fresh_seconds at 0")
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with TemporaryDirectory() as copies:
        coops_dir = coops_that_ask_anew(COOPS_DIR, Path(copies)) if options.asking_anew else COOPS_DIR
        uvloop.run(measure(options.rounds, coops_dir))


if __name__ == "__main__":
    main()
