"""The figures of a run, for people."""

from collections.abc import Iterator

from tests.fuzzing.rounds import Figures, Finding


def table_of(figures: Figures) -> str:
    """What was asked, what it came to, and each finding with the operation that shows it."""
    return "\n".join(_lines(figures))


def _lines(figures: Figures) -> Iterator[str]:
    yield f"operations: {figures.by_root_field.total():,} of {len(figures.by_root_field)} root fields"
    yield f"slowest: {figures.slowest:.2f} s"
    yield "answers that hold:"
    for outcome, times in figures.by_outcome.most_common():
        yield f"  {times:>7,}  {outcome}"
    yield f"findings: {len(figures.findings)}"
    for finding in figures.findings.values():
        yield from _told(finding)


def _told(finding: Finding) -> Iterator[str]:
    yield f"- {finding.fault} ({finding.who})"
    yield f"  {finding.operation.text}"
    yield f"  {finding.operation.variables!r}"
    yield f"  {finding.answer[:1000]}"
