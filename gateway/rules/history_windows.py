"""How far back each history reaches, and what stands in it (B24–B29, X5, X7)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from adapters.records import Genre, Tender, TransactionType, YearMonth
from gateway.coop_config.rules import HistoryRule
from gateway.coop_terms import HistoryKind, PortalView


class HistoryKindNotOffered(LookupError):
    """This view of this co-op's portal has no such history."""

    def __init__(self, view: PortalView, kind: HistoryKind) -> None:
        super().__init__(f"{view.value} does not offer {kind.value}")
        self.view = view
        self.kind = kind


@dataclass(frozen=True, slots=True)
class HistoryWindow:
    """From `since` until `until`, both inclusive. A filter of None means all.

    `tenders` restricts purchases and reversals only; a deposit passes it.
    """

    since: date
    until: date
    genres: frozenset[Genre] | None
    types: frozenset[TransactionType] | None
    tenders: frozenset[Tender] | None


def window(
    rules: Iterable[HistoryRule],
    view: PortalView,
    kind: HistoryKind,
    today: date,
    joined_on: Callable[[], date],
) -> HistoryWindow:
    """What a view shows of a kind today; raises `HistoryKindNotOffered`.

    "Since admission" is since joining, so that purchases of the weeks before admission stay visible (X5).
    `joined_on` is asked only then: the other histories can be shown while the registry is down.
    """
    for rule in rules:
        if (rule.view, rule.kind) == (view, kind):
            since = joined_on() if rule.months is None else _first_day(today, rule.months)
            return HistoryWindow(since, today, rule.genres, rule.types, rule.tenders)
    raise HistoryKindNotOffered(view, kind)


def _first_day(today: date, months: int) -> date:
    """The first of so many calendar months, the current one included (X7)."""
    return YearMonth.of(today).plus(1 - months).first_day()
