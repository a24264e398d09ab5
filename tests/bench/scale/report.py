"""What a measurement has found, as Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from gateway.clock import system_clock
from tests.bench.process_figures import processor_name
from tests.bench.scale.gateways import Gateway
from tests.bench.scale.statements import Figures


@dataclass(slots=True)
class Taken:
    """What one kind of read took at one gateway: seconds of each time it was asked, and its CPU seconds for all.

    So many different requests were asked one after another, and again from the first.
    """

    requests: int
    seconds: list[float] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def middle(self) -> float:
        """Milliseconds."""
        return median(self.seconds) * 1e3

    @property
    def tail(self) -> float:
        """The 99th percentile, in milliseconds."""
        return _tail(self.seconds)

    @property
    def steady_tail(self) -> float:
        """The same of the requests, each with the middle of its times: what the data do, and not a busy moment."""
        return _tail([median(self.seconds[nth :: self.requests]) for nth in range(self.requests)])

    @property
    def work(self) -> float:
        """CPU milliseconds of the gateway for one request."""
        return self.cpu / len(self.seconds) * 1e3


Timings = dict[str, list[Taken]]
"""By kind of read and gateway: the smallest size's twice, then the others."""


@dataclass(frozen=True)
class Report:
    """The tables. The first gateway is there to show what differs by chance."""

    gateways: Sequence[Gateway]
    timings: Mapping[str, Sequence[Taken]]
    resident_after: Sequence[float]
    statements: Sequence[Figures]

    def lines(self) -> Iterator[str]:
        """All of it."""
        yield f"{system_clock():%Y-%m-%d %H:%M} Japan time, {processor_name()}"
        for part in (self._sizes(), self._latencies(), self._steady(), self._work(), self._statements()):
            yield ""
            yield from part

    def _sizes(self) -> Iterator[str]:
        yield from _head(
            "members", "co-ops", "databases", "loaded in", "ready after", "memory", "after the reads"
        )
        for gateway, after in list(zip(self.gateways, self.resident_after, strict=True))[1:]:
            loaded = gateway.loaded
            yield _row(
                f"{loaded.size.members:,}",
                f"{len(list(loaded.size.coops()))}",
                f"{loaded.mebibytes:,.0f} MiB",
                f"{loaded.seconds:.0f} s",
                f"{gateway.ready_after:.1f} s",
                f"{gateway.resident:.0f} MiB",
                f"{after:.0f} MiB",
            )

    def _latencies(self) -> Iterator[str]:
        yield from _head("ms: p50 / p99", *self._columns, "p99 to the smallest's")
        for title, taken in self.timings.items():
            cells = [f"{each.middle:.1f} / {each.tail:.1f}" for each in taken]
            yield _row(title, *cells, _ratios([each.tail for each in taken]))

    def _steady(self) -> Iterator[str]:
        yield from _head("ms: p99 of each request's middle", *self._columns, "to the smallest's")
        for title, taken in self.timings.items():
            tails = [each.steady_tail for each in taken]
            yield _row(title, *(f"{tail:.1f}" for tail in tails), _ratios(tails))

    def _work(self) -> Iterator[str]:
        yield from _head("CPU ms of the gateway", *self._columns, "to the smallest's")
        for title, taken in self.timings.items():
            yield _row(title, *(f"{each.work:.1f}" for each in taken), _ratios([each.work for each in taken]))

    def _statements(self) -> Iterator[str]:
        yield from _head("statement: pages / ms within PostgreSQL", *self._columns[1:])
        for name in self.statements[0]:
            figures = [each[name] for each in self.statements]
            yield _row(name, *(f"{pages:.0f} / {milliseconds:.2f}" for pages, milliseconds in figures))

    @property
    def _columns(self) -> Sequence[str]:
        sizes = [f"{gateway.loaded.size.members:,}" for gateway in self.gateways]
        return [f"{sizes[0]} again", *sizes[1:]]


def _tail(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=100, method="inclusive")[98] * 1e3


def _ratios(figures: Sequence[float]) -> str:
    again, smallest, *larger = figures
    return " / ".join(f"{figure / smallest:.2f}" for figure in (again, *larger))


def _head(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield "|---" * len(titles) + "|"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
