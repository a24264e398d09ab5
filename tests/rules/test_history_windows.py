"""Histories as the guide prints them (B24–B29, X5, X7), with the rules of the co-op's own file."""

from datetime import date

import pytest
from hypothesis import given

from adapters.records import Genre, Tender, TransactionType
from gateway.coop_config.rules import HistoryRule
from gateway.coop_terms import HistoryKind, PortalView
from gateway.rules.history_windows import HistoryKindNotOffered, HistoryWindow, window
from tests.config.coops import load
from tests.rules.strategies import DAYS

TODAY = date(2026, 11, 20)
JOINED_ON = date(2024, 2, 10)
PURCHASES = frozenset({TransactionType.PURCHASE, TransactionType.REVERSAL})
PICO = frozenset({Tender.PICO})


@pytest.fixture(scope="module")
def rules() -> tuple[HistoryRule, ...]:
    pico = load()["hirosaki"].pico
    assert pico is not None
    return pico.history


def joined_on() -> date:
    return JOINED_ON


def registry_is_down() -> date:
    raise ConnectionError


def since(rules: tuple[HistoryRule, ...], view: PortalView, kind: HistoryKind) -> date:
    return window(rules, view, kind, TODAY, joined_on).since


@pytest.mark.parametrize(
    ("kind", "first_day"),
    [
        (HistoryKind.ALL, date(2025, 11, 1)),
        (HistoryKind.FOOD, date(2025, 11, 1)),
        (HistoryKind.LEARNING, JOINED_ON),
        (HistoryKind.DEPOSITS, date(2025, 11, 1)),
        (HistoryKind.PREPAID, date(2025, 11, 1)),
    ],
)
def test_the_pc_page_reaches_back_as_printed(
    rules: tuple[HistoryRule, ...], kind: HistoryKind, first_day: date
) -> None:
    """B24, B25, X5, X7: 13か月分（学びの履歴のみ、入学時から）."""
    assert since(rules, PortalView.PC, kind) == first_day


@pytest.mark.parametrize(
    ("kind", "first_day"),
    [
        (HistoryKind.PREPAID, date(2026, 10, 1)),
        (HistoryKind.ALL, date(2025, 11, 1)),
        (HistoryKind.FOOD, date(2025, 11, 1)),
        (HistoryKind.BOOKS_AND_MAGAZINES, JOINED_ON),
        (HistoryKind.OTHER, JOINED_ON),
    ],
)
def test_the_smartphone_page_reaches_back_as_printed(
    rules: tuple[HistoryRule, ...], kind: HistoryKind, first_day: date
) -> None:
    """B26, B27, B28, B29, X5, X7."""
    assert since(rules, PortalView.SMARTPHONE, kind) == first_day


@pytest.mark.parametrize(
    ("view", "kind"),
    [
        (PortalView.PC, HistoryKind.BOOKS_AND_MAGAZINES),
        (PortalView.PC, HistoryKind.OTHER),
        (PortalView.SMARTPHONE, HistoryKind.LEARNING),
        (PortalView.SMARTPHONE, HistoryKind.DEPOSITS),
    ],
)
def test_a_history_that_is_not_printed_is_not_offered(
    rules: tuple[HistoryRule, ...], view: PortalView, kind: HistoryKind
) -> None:
    """X5: exactly as printed."""
    with pytest.raises(HistoryKindNotOffered, match=f"^{view.value} does not offer {kind.value}$"):
        window(rules, view, kind, TODAY, joined_on)


def test_the_smartphone_page_shows_purchases_paid_with_pico_only(rules: tuple[HistoryRule, ...]) -> None:
    """B27."""
    for kind in (HistoryKind.ALL, HistoryKind.FOOD, HistoryKind.BOOKS_AND_MAGAZINES, HistoryKind.OTHER):
        shown = window(rules, PortalView.SMARTPHONE, kind, TODAY, joined_on)
        assert (shown.types, shown.tenders) == (PURCHASES, PICO)


def test_the_genres_of_the_smartphone_page_share_out_all_genres_of_goods(
    rules: tuple[HistoryRule, ...],
) -> None:
    """B28: すべて is 食, 書籍・雑誌 and その他, and nothing twice."""
    parts = [
        window(rules, PortalView.SMARTPHONE, kind, TODAY, joined_on).genres or frozenset()
        for kind in (HistoryKind.FOOD, HistoryKind.BOOKS_AND_MAGAZINES, HistoryKind.OTHER)
    ]
    assert frozenset.union(*parts) == frozenset(Genre) - {Genre.NONE}
    assert sum(map(len, parts)) == len(Genre) - 1


def test_the_pc_page_shows_purchases_however_they_were_paid(rules: tuple[HistoryRule, ...]) -> None:
    """B25, B32: newcomers' purchases explain the lifetime totals."""
    assert window(rules, PortalView.PC, HistoryKind.ALL, TODAY, joined_on) == HistoryWindow(
        since=date(2025, 11, 1), until=TODAY, genres=None, types=PURCHASES, tenders=None
    )


def test_the_prepaid_history_has_deposits_beside_purchases_with_pico(rules: tuple[HistoryRule, ...]) -> None:
    """B26: 利用履歴・獲得ポイント・入金履歴. The tender restricts purchases only."""
    assert window(rules, PortalView.SMARTPHONE, HistoryKind.PREPAID, TODAY, joined_on) == HistoryWindow(
        since=date(2026, 10, 1), until=TODAY, genres=None, types=None, tenders=PICO
    )


def test_the_deposit_history_has_every_way_money_came_in(rules: tuple[HistoryRule, ...]) -> None:
    """B25 (4)."""
    shown = window(rules, PortalView.PC, HistoryKind.DEPOSITS, TODAY, joined_on)
    assert shown.types == frozenset(TransactionType) - PURCHASES


def test_a_history_of_months_does_not_need_the_registry(rules: tuple[HistoryRule, ...]) -> None:
    """An outage costs only the histories since joining."""
    shown = window(rules, PortalView.PC, HistoryKind.ALL, TODAY, registry_is_down)
    assert shown.since == date(2025, 11, 1)
    with pytest.raises(ConnectionError):
        window(rules, PortalView.PC, HistoryKind.LEARNING, TODAY, registry_is_down)


def test_purchases_before_admission_stay_visible() -> None:
    """X5: since admission means since the join date, here in February before April."""
    rule = HistoryRule(view=PortalView.PC, kind=HistoryKind.LEARNING, since_joining=True)
    assert window([rule], PortalView.PC, HistoryKind.LEARNING, TODAY, joined_on).since == date(2024, 2, 10)


@given(DAYS, DAYS)
def test_a_window_of_months_starts_on_the_first_of_a_month(today: date, joining_day: date) -> None:
    """X7: 13 calendar months with the current one."""
    rule = HistoryRule(view=PortalView.PC, kind=HistoryKind.ALL, months=13)
    shown = window([rule], PortalView.PC, HistoryKind.ALL, today, lambda: joining_day)
    assert shown.since.day == 1
    assert (today.year - shown.since.year) * 12 + today.month - shown.since.month == 12
    assert shown.until == today
