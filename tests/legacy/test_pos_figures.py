"""All figures of a member agree with one another (B1, B5, B24–B32), over the wire."""

from collections import Counter
from collections.abc import AsyncIterator

import pytest

from tests.legacy.pos_client import Pos, asked, elements, member, number, records, value

SOME = [1, 2, 3, 5, 6, 7, 10, 13, 14, 15, *range(20, 40)]
"""The cast's buyers, and others."""
EVER = {"TSUBAN": 1, "KAISHI": "20140401", "SHURYO": "20261120", "KENSU": 200}
CREDITS = {"03", "04", "05", "06"}


async def pages(pos: Pos, index: int, **more: object) -> AsyncIterator[bytes]:
    """The journal entries of a member, newest first, page by page."""
    after = ""
    while True:
        record = await pos.record("RIREKI", index, **EVER, TSUZUKI=after, **more)
        entries = elements("TORIHIKI", record)
        for entry in entries:
            yield entry
        if value("TSUGI", record) == "0":
            return
        after = value("KAGI", entries[-1])


async def journal(pos: Pos, index: int, **more: object) -> list[bytes]:
    """All of it, oldest first by time."""
    return sorted([each async for each in pages(pos, index, **more)], key=lambda each: value("NICHIJI", each))


@pytest.mark.parametrize("index", SOME)
async def test_the_balance_runs_down_to_the_present_one_and_never_below_zero(pos: Pos, index: int) -> None:
    """B1: every entry's balance follows from the one before."""
    balance = 0
    for entry in await journal(pos, index):
        amount = number("KINGAKU", entry)
        if value("SHUBETSU", entry) in CREDITS:
            balance += amount
        elif value("SHIHARAI", entry) == "1":
            balance -= amount
        after = value("PZAN", entry)
        assert after in {"", f"{balance:09d}"}
        assert bool(after) == (value("SHUBETSU", entry) in CREDITS or value("SHIHARAI", entry) == "1")
        assert 0 <= balance <= 50_000
    assert balance == number("PZAN", await pos.record("ZANDAKA", index))


@pytest.mark.parametrize("index", SOME)
async def test_points_become_200_yen_whenever_200_are_full(pos: Pos, index: int) -> None:
    """B4: at the register, without asking."""
    entries = await journal(pos, index)
    earned = sum(number("PT", each) for each in entries)
    top_ups = [number("KINGAKU", each) for each in entries if value("SHUBETSU", each) == "04"]
    assert divmod(earned, 200) == (len(top_ups), number("POINT", await pos.record("ZANDAKA", index)))
    assert {*top_ups} <= {200}


@pytest.mark.parametrize("index", SOME)
async def test_lifetime_totals_are_the_sums_of_the_journal(pos: Pos, index: int) -> None:
    """B30–B32: newcomer purchases are in the totals and in the journal."""
    spent: Counter[str] = Counter()
    newcomer = points = 0
    for entry in await journal(pos, index):
        points += number("PT", entry)
        if value("SHUBETSU", entry) in {"01", "02"}:
            spent[value("JANRU", entry)] += number("KINGAKU", entry)
            newcomer += number("KINGAKU", entry) * int(value("SHINNYU", entry))
    record = await pos.record("RUIKEI", index)
    told = {value("JANRU", each): number("KINGAKU", each) for each in elements("UCHIWAKE", record)}
    assert told == {genre: amount for genre, amount in spent.items() if amount}
    assert number("RKIN", record) == sum(spent.values())
    assert (number("RPOINT", record), number("SHINNYU", record)) == (points, newcomer)


@pytest.mark.parametrize(
    "filters", [{}, {"JANRU": "10,20"}, {"SHIHARAI": "1"}, {"JANRU": "10", "SHIHARAI": "2,4"}]
)
async def test_spending_by_month_is_the_sum_of_the_journal(pos: Pos, filters: dict[str, str]) -> None:
    """B24: the same filters give the same sums and, without what was reversed, the same receipts."""
    for index in SOME[:10]:
        amounts: Counter[tuple[str, str]] = Counter()
        receipts: Counter[tuple[str, str]] = Counter()
        for entry in await journal(pos, index, **filters, SHUBETSU="01,02"):
            at = value("NICHIJI", entry)[:6], value("JANRU", entry)
            amounts[at] += number("KINGAKU", entry)
            receipts[at] += 1 if value("SHUBETSU", entry) == "01" else -1
        record = await pos.record("TSUKI", index, TSUBAN=1, KAISHI="201404", SHURYO="202611", **filters)
        told = {
            (value("NENGETSU", each), value("JANRU", each)): (number("KINGAKU", each), number("KENSU", each))
            for each in elements("TSUKI", record)
        }
        assert told == {at: (amounts[at], receipts[at]) for at in amounts if receipts[at]}


async def test_the_figures_of_the_cast_do_not_depend_on_the_day(pos: Pos) -> None:
    """弘前 太郎, 津軽 花子, 髙﨑 健一 and 平川 空 as the plan has them."""
    answer = records(await pos.inquire("ZANDAKA", asked(map(member, (1, 2, 3, 12)))))
    figures = {
        no: tuple(number(name, each) for name in ("PZAN", "POINT", "WPOINT")) for no, each in answer.items()
    }
    assert figures == {
        member(1): (4350, 120, 640),
        member(2): (0, 0, 0),
        member(3): (12080, 199, 0),
        member(12): (0, 0, 0),
    }


async def test_who_never_bought_anything_has_an_empty_journal(pos: Pos) -> None:
    """平川 空 joined this spring."""
    record = await pos.record("RIREKI", 12, **EVER)
    assert (elements("TORIHIKI", record), value("TSUGI", record)) == ([], "0")
    lifetime = await pos.record("RUIKEI", 12)
    assert (number("RKIN", lifetime), elements("UCHIWAKE", lifetime)) == (0, [])


async def test_the_journal_comes_by_key_newest_first_and_no_key_twice(pos: Pos) -> None:
    keys = [value("KAGI", each) async for each in pages(pos, 1)]
    assert keys == sorted({*keys}, reverse=True)
    assert len(keys) > 300
    assert keys[0][:8] <= "20261119"


async def test_a_filter_by_tender_restricts_sales_and_reversals_only(pos: Pos) -> None:
    """B25, B26: プリペ履歴 is what was paid with Pico and everything that was put on the card."""
    keys = [
        value("KAGI", each)
        async for each in pages(pos, 1)
        if value("SHUBETSU", each) in CREDITS or value("SHIHARAI", each) == "1"
    ]
    assert [value("KAGI", each) async for each in pages(pos, 1, SHIHARAI="1")] == keys


async def test_other_filters_let_through_exactly_what_they_name(pos: Pos) -> None:
    """B28."""
    everything = [each async for each in pages(pos, 1)]
    food = [each async for each in pages(pos, 1, JANRU="10,20")]
    deposits = [each async for each in pages(pos, 1, SHUBETSU="03")]
    assert food == [each for each in everything if value("JANRU", each) in {"10", "20"}]
    assert deposits == [each for each in everything if value("SHUBETSU", each) == "03"]


async def test_no_slip_number_comes_twice(pos: Pos) -> None:
    answer = records(await pos.inquire("MIUKE", asked(map(member, range(1, 101)))))
    for record in answer.values():
        numbers = elements("UKENO", record)
        assert len({*numbers}) == len(numbers)


async def test_a_page_is_as_long_as_asked_and_goes_on_after_its_last_key(pos: Pos) -> None:
    whole = [value("KAGI", each) async for each in pages(pos, 1)]
    small = {**EVER, "KENSU": 7}
    first = await pos.record("RIREKI", 1, **small)
    second = await pos.record("RIREKI", 1, **small, TSUZUKI=whole[6])
    assert [value("KAGI", each) for each in elements("TORIHIKI", first)] == whole[:7]
    assert [value("KAGI", each) for each in elements("TORIHIKI", second)] == whole[7:14]
    assert value("TSUGI", first) == "1"


async def test_a_window_is_inclusive_at_both_ends(pos: Pos) -> None:
    days = {value("KAGI", each)[:8] async for each in pages(pos, 1)}
    day = max(day for day in days if day < "20261101")
    record = await pos.record("RIREKI", 1, **{**EVER, "KAISHI": day, "SHURYO": day})
    assert {value("KAGI", each)[:8] for each in elements("TORIHIKI", record)} == {day}


async def test_one_entry_by_key_is_the_entry_of_the_journal(pos: Pos) -> None:
    entry = [each async for each in pages(pos, 1)][100]
    assert elements("TORIHIKI", await pos.record("RIREKI1", 1, KAGI=value("KAGI", entry))) == [entry]


async def test_the_lines_of_a_sale_add_up_to_its_amount(pos: Pos) -> None:
    async for entry in pages(pos, 1, SHUBETSU="01"):
        lines = elements("GYO", entry)
        amounts = [number("KINGAKU", line) for line in lines]
        head = entry.partition(b"<GYO>")[0]
        assert amounts == [number("SURYO", line) * number("TANKA", line) for line in lines]
        assert sum(amounts) == number("KINGAKU", head)


async def test_web_points_earned_and_moved_come_to_the_balance(pos: Pos) -> None:
    """B5, B6: 弘前 太郎 has 640, and what was moved was moved in two hundreds."""
    lines = elements("GYO", await pos.record("WEBPT", 1))
    signs = {"1": 1, "2": -1}
    history = [signs[value("KUBUN", each)] * number("PT", each) for each in lines]
    assert sum(history) == 640
    assert all(points % 200 == 0 for points in history if points < 0)
    assert [number("RENBAN", each) for each in lines] == [*range(len(lines), 0, -1)]
    days = [value("HIZUKE", each) for each in lines]
    assert days == sorted(days, reverse=True)
    assert all(sum(history[place:]) >= 0 for place in range(len(history)))


async def test_unreceived_items_of_the_cast(pos: Pos) -> None:
    """B10, B12: 20,000 yen posted and 5,000 paid but not posted."""
    items = [each for each in elements("ITEM", await pos.record("MIUKE", 1)) if _unreceived(each)]
    told = [(number("KINGAKU", each), value("KUBUN", each), value("KEIJOBI", each)) for each in items]
    assert told == [(20_000, "1", "20261103"), (5_000, "1", "00000000")]


async def test_sums_received_lately_stand_in_the_journal_too(pos: Pos) -> None:
    """B11: slips and Web points received at a register in the last 60 days."""
    answer = records(await pos.inquire("MIUKE", asked(map(member, range(1, 101)))))
    received = [
        (no, each)
        for no, record in answer.items()
        for each in elements("ITEM", record)
        if not _unreceived(each)
    ]
    assert received
    for no, item in received:
        day = value("UKETORIBI", item)
        kind = {"1": "06", "2": "05"}[value("KUBUN", item)]
        record = await pos.record(
            "RIREKI", int(no[4:]), **{**EVER, "KAISHI": day, "SHURYO": day, "SHUBETSU": kind}
        )
        assert number("KINGAKU", item) in [number("KINGAKU", each) for each in elements("TORIHIKI", record)]
        assert value("NYUKINBI", item) <= value("KEIJOBI", item) <= day


def _unreceived(item: bytes) -> bool:
    return value("UKETORIBI", item) == "00000000"
