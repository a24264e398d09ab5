"""The journal: pages, filters, single transactions, spending by month."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from adapters.ports import PointOfSale
from adapters.records import (
    Genre,
    MemberNumber,
    SpendingQuery,
    Tender,
    Transaction,
    TransactionKey,
    TransactionPage,
    TransactionsQuery,
    TransactionType,
    YearMonth,
)
from tests.adapters.people import EVERYBODY, NOBODY, SORA, TARO

YESTERDAY = date(2026, 11, 19)
SPENDING_TYPES = frozenset({TransactionType.PURCHASE, TransactionType.REVERSAL})


def query(
    number: MemberNumber = TARO,
    *,
    since: date = date(2026, 9, 1),
    until: date = date(2026, 11, 20),
    types: frozenset[TransactionType] | None = None,
    genres: frozenset[Genre] | None = None,
    tenders: frozenset[Tender] | None = None,
    limit: int = 200,
    after: TransactionKey | None = None,
) -> TransactionsQuery:
    """What Taro did this autumn, or as much of it as a test asks for."""
    return TransactionsQuery(number, since, until, types, genres, tenders, limit, after)


async def page(pos: PointOfSale, asked: TransactionsQuery) -> TransactionPage:
    """The answer to one question."""
    return (await pos.transactions([asked])).of(asked)


async def history(pos: PointOfSale, number: MemberNumber = TARO) -> list[Transaction]:
    """Everything, page by page."""
    found: list[Transaction] = []
    since, after = date(2013, 4, 1), None
    while True:
        answer = await page(pos, query(number, since=since, after=after))
        found += answer.transactions
        if not answer.has_next:
            return found
        after = found[-1].key


async def test_transactions_come_newest_first_up_to_the_previous_business_day(pos: PointOfSale) -> None:
    """B2, B25."""
    answer = await page(pos, query())
    assert answer.as_of == YESTERDAY
    assert answer.transactions
    assert all(newer.key > older.key for newer, older in pairwise(answer.transactions))
    assert answer.transactions[0].key.business_date <= YESTERDAY
    assert all(entry.member_number == TARO for entry in answer.transactions)
    assert all(entry.occurred_at.date() == entry.key.business_date for entry in answer.transactions)
    assert {entry.occurred_at.utcoffset() for entry in answer.transactions} == {timedelta(hours=9)}


async def test_pages_join_without_gap_or_overlap(pos: PointOfSale) -> None:
    whole = await page(pos, query())
    walked: list[Transaction] = []
    while True:
        step = await page(pos, query(limit=7, after=walked[-1].key if walked else None))
        walked += step.transactions
        if not step.has_next:
            break
        assert len(step.transactions) == 7
    assert walked == list(whole.transactions)


async def test_a_window_includes_both_its_days(pos: PointOfSale) -> None:
    newest = (await page(pos, query())).transactions[0]
    day = newest.key.business_date
    of_that_day = await page(pos, query(since=day, until=day))
    assert newest in of_that_day.transactions
    assert {entry.key.business_date for entry in of_that_day.transactions} == {day}


async def test_filters_let_through_exactly_what_they_name(pos: PointOfSale) -> None:
    """B26-B28. A tender restricts purchases and reversals; a deposit is not paid for."""
    everything = (await page(pos, query())).transactions
    food = await page(pos, query(genres=frozenset({Genre.FOOD, Genre.BOOKS})))
    pico = await page(pos, query(tenders=frozenset({Tender.PICO})))
    deposits = await page(pos, query(types=frozenset({TransactionType.DEPOSIT})))
    assert list(food.transactions) == [each for each in everything if each.genre in (Genre.FOOD, Genre.BOOKS)]
    assert list(pico.transactions) == [
        each for each in everything if each.tender is Tender.PICO or each.type not in SPENDING_TYPES
    ]
    assert list(deposits.transactions) == [
        each for each in everything if each.type is TransactionType.DEPOSIT
    ]
    assert all(answer.transactions for answer in (food, pico, deposits))


async def test_several_questions_about_one_member_keep_their_own_answers(pos: PointOfSale) -> None:
    questions = [query(limit=1), query(limit=2), query(genres=frozenset({Genre.FOOD}), limit=1)]
    answers = await pos.transactions(questions)
    assert [len(answers.of(question).transactions) for question in questions] == [1, 2, 1]
    assert answers.of(questions[2]).transactions[0].genre is Genre.FOOD


async def test_of_somebody_without_history_there_is_an_empty_page(pos: PointOfSale) -> None:
    for number in (SORA, NOBODY):
        answer = await page(pos, query(number))
        assert (answer.transactions, answer.has_next, answer.as_of) == ((), False, YESTERDAY)


async def test_a_receipt_adds_up(pos: PointOfSale) -> None:
    for entry in await history(pos):
        if entry.items:
            assert entry.amount == sum(item.amount for item in entry.items)


async def test_a_single_transaction_is_the_one_of_the_page(pos: PointOfSale) -> None:
    entries = (await page(pos, query(limit=3))).transactions
    asked = [(TARO, entry.key) for entry in entries]
    answers = await pos.transaction(asked)
    assert [answers.of(key) for key in asked] == list(entries)


async def test_a_key_of_nothing_and_somebody_elses_key_find_nothing(pos: PointOfSale) -> None:
    taros = (await page(pos, query(limit=1))).transactions[0].key
    nothing = (TARO, taros._replace(sequence=999_999))
    elses = (SORA, taros)
    answers = await pos.transaction([nothing, elses])
    assert (answers.of(nothing), answers.of(elses)) == (None, None)


async def test_a_reversal_takes_back_an_earlier_purchase(pos: PointOfSale) -> None:
    questions = [
        query(number, since=date(2026, 4, 1), types=frozenset({TransactionType.REVERSAL}))
        for number in EVERYBODY[:40]
    ]
    answers = await pos.transactions(questions)
    reversals = [entry for question in questions for entry in answers.of(question).transactions]
    assert reversals, "nobody ever took anything back"
    taken_back = [(entry.member_number, entry.reverses) for entry in reversals if entry.reverses is not None]
    assert len(taken_back) == len(reversals)
    originals = await pos.transaction(taken_back)
    for reversal, key in zip(reversals, taken_back, strict=True):
        original = originals.of(key)
        assert original is not None
        assert original.key < reversal.key
        assert reversal.amount == -original.amount < 0


async def test_spending_by_month_is_what_the_receipts_add_up_to(pos: PointOfSale) -> None:
    """B30."""
    asked = SpendingQuery(TARO, YearMonth(2026, 9), YearMonth(2026, 11), None, None)
    months = (await pos.spending([asked])).of(asked)
    amounts: Counter[tuple[YearMonth, Genre]] = Counter()
    for entry in (await page(pos, query(types=SPENDING_TYPES))).transactions:
        amounts[YearMonth.of(entry.key.business_date), entry.genre] += entry.amount
    assert {(month.month, month.genre): month.amount for month in months} == dict(amounts)
    assert all(month.receipts > 0 for month in months)


async def test_newcomer_purchases_are_in_the_history(pos: PointOfSale) -> None:
    """B31, B32."""
    bought = [entry for entry in await history(pos) if entry.newcomer_purchase]
    assert sum(entry.amount for entry in bought) == 248_000


async def test_names_hold_no_character_that_cannot_be_shown(pos: PointOfSale) -> None:
    """Articles are cut at 20 bytes, in the middle of a character if need be, and some hold private-use characters."""
    names = {item.name for entry in await history(pos) for item in entry.items}
    assert any(name.endswith("〓") for name in names)
    assert not any(
        "\ue000" <= character <= "\uf8ff" or character == "\ufffd" for name in names for character in name
    )
    assert all(name == name.strip(" \u3000") for name in names)


@pytest.mark.parametrize(
    "unaskable",
    [
        query(genres=frozenset()),
        query(limit=0),
        query(after=TransactionKey(YESTERDAY, "<NO>", "01", 1)),
        query(MemberNumber("2101-0001")),
    ],
)
async def test_a_question_that_cannot_be_asked_is_refused_before_it_joins_others(
    pos: PointOfSale, unaskable: TransactionsQuery
) -> None:
    """The POS would refuse the whole call, with the questions of other people in it."""
    with pytest.raises(ValueError, match=r"."):
        await pos.transactions([unaskable])
