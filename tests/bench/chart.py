"""The chart, as SVG: requests a second with 32 at once. Its scale is logarithmic: there is a hundredfold between."""

from collections.abc import Iterator, Sequence
from html import escape
from math import log10

from tests.bench.contestants import CONTESTANTS
from tests.bench.report import title_of
from tests.bench.results import Case, Results

WIDTH, LABELS, FIGURES = 900, 230, 90
ROW, GAP, HEAD = 22, 30, 56
OURS, THEIRS, INK, GRID = "#0b6e4f", "#8aa0b4", "#1c2733", "#e3e8ee"
DECADES = range(1, 6)
"""From 10 to 100,000 requests a second."""
SHOWN = "32 at once"


def chart(results: Results, told: str) -> str:
    """The picture, with a panel for each screen and source."""
    cases = [case for case in results.cases() if case.load == SHOWN]
    panels: list[str] = []
    top = HEAD
    for case in cases:
        panels.extend(_panel(results, case, top))
        top += GAP + ROW * len(results.contestants(case)) + GAP
    return "\n".join((*_head(top, told), *panels, "</svg>")) + "\n"


def _head(height: int, told: str) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' font-family="system-ui, sans-serif" font-size="13" fill="{INK}" role="img">'
    )
    yield f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>'
    yield '<text x="16" y="24" font-size="16" font-weight="600">Requests per second on one core, 32 at once</text>'
    yield f'<text x="16" y="44" font-size="12">{escape(told)}</text>'


def _panel(results: Results, case: Case, top: int) -> Iterator[str]:
    names = results.contestants(case)
    yield f'<text x="16" y="{top + 18}" font-weight="600">{escape(title_of(case).removesuffix(f", {SHOWN}"))}</text>'
    bottom = top + GAP + ROW * len(names)
    for decade in DECADES:
        x = _x(10**decade)
        yield f'<line x1="{x:.0f}" y1="{top + GAP - 4}" x2="{x:.0f}" y2="{bottom}" stroke="{GRID}"/>'
        yield f'<text x="{x:.0f}" y="{bottom + 12}" font-size="10" text-anchor="middle">{10**decade:,}</text>'
    for place, name in enumerate(_fastest_first(results, case, names)):
        yield from _bar(name, results.rate(case, name).middle, top + GAP + ROW * place)


def _fastest_first(results: Results, case: Case, names: Sequence[str]) -> list[str]:
    return sorted(names, key=lambda name: results.rate(case, name).middle, reverse=True)


def _bar(name: str, rate: float, top: int) -> Iterator[str]:
    contestant = CONTESTANTS[name]
    colour = OURS if contestant.is_ours else THEIRS
    end = _x(max(rate, 1))
    yield f'<text x="{LABELS - 8}" y="{top + 14}" text-anchor="end">{escape(contestant.title)}</text>'
    yield f'<rect x="{LABELS}" y="{top + 3}" width="{max(end - LABELS, 1):.1f}" height="{ROW - 7}" fill="{colour}"/>'
    yield f'<text x="{end + 6:.1f}" y="{top + 14}">{rate:,.0f}</text>'


def _x(rate: float) -> float:
    room = WIDTH - LABELS - FIGURES
    return LABELS + room * max(log10(rate) - DECADES[0], 0) / (DECADES[-1] - DECADES[0])
