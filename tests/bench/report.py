"""The tables, as Markdown: what the command prints and what docs/bench keeps."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isinf

from tests.bench.contestants import CONTESTANTS
from tests.bench.process_figures import processor_name
from tests.bench.results import Case, Results, Spread
from tests.bench.rounds import Figures, Plan
from tests.bench.workloads import WORKLOADS

BUSY = 0.9
"""Share of its core from which on generator and upstream may be what was measured."""
SOURCES = {"memory": "data in memory", "legacy": "over the legacy systems"}
TITLES = (
    "",
    "requests/s",
    "p50 ms",
    "p99 ms",
    "CPU µs a request",
    "requests/s by CPU",
    "MiB",
    "legacy calls per 1,000",
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and on what it was measured."""

    day: date
    cores: int
    plan: Plan
    leaves: Mapping[str, int]
    versions: Mapping[str, str]

    @property
    def when_and_where(self) -> str:
        """In one line."""
        machine = f"{processor_name()}, {self.cores} cores, {platform.system()} {platform.release()}"
        return f"Measured on {self.day.isoformat()}: {machine}."

    def told(self) -> Iterator[str]:
        """Above the tables."""
        seconds, rounds = self.plan.seconds, self.plan.rounds
        yield (
            f"{self.when_and_where} Medians of {rounds} interleaved rounds of {seconds:g} seconds each, with the"
            " least and the most in brackets."
        )
        yield ""
        yield ", ".join(f"{name} {version}" for name, version in self.versions.items()) + "."
        yield ""
        answers = ", ".join(f"{WORKLOADS[name].title} {count}" for name, count in self.leaves.items())
        yield f"Leaves in an answer, on average: {answers}. All servers gave the same data beforehand."


def tables(results: Results) -> Iterator[str]:
    """One for each case."""
    for case in results.cases():
        yield ""
        yield f"## {title_of(case)}"
        yield ""
        yield from _table(results, case)


def title_of(case: Case) -> str:
    """For people."""
    workload = WORKLOADS[case.workload]
    load = case.load if case.load != "fixed rate" else f"{workload.rate:g} a second, evenly"
    source = f", {SOURCES[case.mode]}" if workload.is_screen else ""
    return f"{workload.title}{source}, {load}".capitalize()


def _table(results: Results, case: Case) -> Iterator[str]:
    rows = [_row(results, case, name) for name in results.contestants(case)]
    for cells in (TITLES, ["---", *["--:"] * (len(TITLES) - 1)], *rows):
        yield f"| {' | '.join(cells)} |"
    if any(row[1].endswith("*") for row in rows):
        yield ""
        yield "\\* The core of the generator and the legacy systems was busy too: the server might have answered more."


def _row(results: Results, case: Case, name: str) -> Sequence[str]:
    def middle(figure: str) -> float:
        return results.spread(case, name, lambda each: float(getattr(each, figure))).middle

    busy = results.spread(case, name, lambda each: each.generator + each.upstream).middle > BUSY
    calls = results.spread(case, name, lambda each: sum(each.calls.values())).middle
    return (
        CONTESTANTS[name].title,
        _spread(results.rate(case, name)) + ("*" if busy else ""),
        _milliseconds(middle("p50")),
        _milliseconds(middle("p99")),
        _figure(middle("cpu") * 1e6),
        _figure(1 / middle("cpu")),
        _figure(middle("memory")),
        _figure(calls) if case.mode == "legacy" else "",
    )


def _spread(spread: Spread) -> str:
    if spread.least == spread.most:
        return _figure(spread.middle)
    return f"{_figure(spread.middle)} ({_figure(spread.least)}–{_figure(spread.most)})"


def _milliseconds(seconds: float) -> str:
    return "never" if isinf(seconds) else f"{seconds * 1000:.1f}"


def _figure(value: float) -> str:
    return f"{value:,.0f}"


def generator_ceiling(figures: Sequence[Figures]) -> str:
    """What the load generator could ask for on its core, judged by its own CPU time against the floor."""
    floor = [each for each in figures if each.contestant == "floor" and each.generator > 0]
    if not floor:
        return ""
    ceiling = max(each.rate / each.generator for each in floor)
    return f"By its own CPU time the load generator would reach {_figure(ceiling)} requests/s on its core."
