"""Instructions to the POS: their effect on the figures, and that it happens once (B6, B7, B11, D1–D3, D5–D7)."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from tests.legacy.pos_client import Pos, asked, elements, member, number, records, result, running_pos, value

TARO, MEGUMI = map(member, (1, 6))
TODAY = {"TSUBAN": 1, "KAISHI": "20261120", "SHURYO": "20261120", "KENSU": 10}
ENOUGH = 600
"""Web points that go three times into 200."""
_IDS = count(1)


@dataclass(frozen=True, slots=True)
class Someone:
    """A member nobody has ordered anything for yet."""

    pos: Pos
    index: int
    points: int

    @property
    def no(self) -> str:
        return member(self.index)

    async def web_points(self) -> int:
        return number("WPOINT", await self.pos.record("ZANDAKA", self.index))

    async def waiting(self) -> list[bytes]:
        """Items from Web points not yet received."""
        items = elements("ITEM", await self.pos.record("MIUKE", self.index))
        return [each for each in items if (value("KUBUN", each), value("UKETORIBI", each)) == ("2", "0" * 8)]


@pytest.fixture(scope="module")
async def office() -> AsyncIterator[Pos]:
    """A back office for this module's orders."""
    async with running_pos("--members", "2000") as pos:
        yield pos


@pytest.fixture(scope="module")
async def collectors(office: Pos) -> Iterator[tuple[int, int]]:
    """Members with enough Web points who are not suspended, and how many they have."""
    found = []
    for first in range(100, 1500, 100):
        numbers = asked(map(member, range(first, first + 100)))
        balances = records(await office.inquire("ZANDAKA", numbers))
        stops = records(await office.inquire("TEISHI", numbers))
        free = (no for no in balances if value("KEKKA", stops[no]) == "1002")
        points = ((int(no[4:]), number("WPOINT", balances[no])) for no in free)
        found += [each for each in points if each[1] >= ENOUGH]
    return iter(found)


@pytest.fixture
async def someone(office: Pos, collectors: Iterator[tuple[int, int]]) -> Someone:
    return Someone(office, *next(collectors))


@pytest.fixture
def intent() -> str:
    """An id nobody has used yet."""
    return f"intent-{next(_IDS)}"


async def test_web_points_become_unreceived_prepaid_money(someone: Someone) -> None:
    """B6, B7."""
    assert result(await someone.pos.instruct("WPTUKE", NO=someone.no, PT=400)) == "0000"
    assert await someone.web_points() == someone.points - 400
    (item,) = await someone.waiting()
    assert (number("KINGAKU", item), value("NYUKINBI", item), value("KEIJOBI", item)) == (
        400,
        "20261120",
        "20261120",
    )
    newest = elements("GYO", await someone.pos.record("WEBPT", someone.index))[0]
    assert (value("KUBUN", newest), number("PT", newest), value("HIZUKE", newest)) == ("2", 400, "20261120")


async def test_more_web_points_than_there_are_cannot_be_moved(pos: Pos) -> None:
    """B6: 太郎 has 640."""
    assert result(await pos.instruct("WPTUKE", NO=TARO, PT=800)) == "2001"
    assert number("WPOINT", await pos.record("ZANDAKA", 1)) == 640


@pytest.mark.parametrize("points", ["0", "100", "201", "", "many", "-200"])
async def test_web_points_move_in_two_hundreds_only(pos: Pos, points: str) -> None:
    """B6."""
    assert result(await pos.instruct("WPTUKE", NO=TARO, PT=points)) == "9100"
    assert number("WPOINT", await pos.record("ZANDAKA", 1)) == 640


async def test_received_money_is_on_the_card_and_in_the_journal_of_today(office: Pos) -> None:
    """B11: 太郎's 4,350 and a slip of 20,000."""
    slip = value("UKENO", await office.record("MIUKE", 1))
    assert result(await office.instruct("MIUUKE", NO=TARO, UKENO=slip, TENPO="101")) == "0000"
    assert number("PZAN", await office.record("ZANDAKA", 1)) == 24_350
    received, other = elements("ITEM", await office.record("MIUKE", 1))[:2]
    assert (value("UKETORIBI", received), value("UKETORIBI", other)) == ("20261120", "00000000")
    entry = (await office.record("RIREKI", 1, **TODAY)).partition(b"<TORIHIKI>")[2]
    assert [value(name, entry) for name in ("SHUBETSU", "SHIHARAI", "PZAN")] == ["06", "6", "000024350"]
    assert value("KAGI", entry).startswith("20261120-101-")
    assert result(await office.instruct("MIUUKE", NO=TARO, UKENO=slip, TENPO="101")) == "2004"


async def test_moved_web_points_are_received_like_a_slip(someone: Someone) -> None:
    """B7, B8."""
    pos, no = someone.pos, someone.no
    before = number("PZAN", await pos.record("ZANDAKA", someone.index))
    await pos.instruct("WPTUKE", NO=no, PT=600)
    (item,) = await someone.waiting()
    assert result(await pos.instruct("MIUUKE", NO=no, UKENO=value("UKENO", item), TENPO="102")) == "0000"
    assert number("PZAN", await pos.record("ZANDAKA", someone.index)) == before + 600
    assert await someone.waiting() == []
    entry = await pos.record("RIREKI", someone.index, **TODAY)
    assert (value("SHUBETSU", entry), number("KINGAKU", entry)) == ("05", 600)


async def test_money_that_is_not_posted_cannot_be_received(pos: Pos) -> None:
    """B12: 太郎's slip of 5,000 yen is paid only."""
    item = elements("ITEM", await pos.record("MIUKE", 1))[1]
    assert result(await pos.instruct("MIUUKE", NO=TARO, UKENO=value("UKENO", item), TENPO="101")) == "2004"


async def test_a_member_is_suspended_once_and_resumed_once(someone: Someone) -> None:
    """D1, D2."""
    pos, no = someone.pos, someone.no
    orders = [("TEIKAI", "101"), ("TEITOU", "999"), ("TEITOU", "101")]
    results = [result(await pos.instruct(shori, NO=no, TENPO=store)) for shori, store in orders]
    assert results == ["2003", "0000", "2002"]
    stopped = await pos.record("TEISHI", someone.index)
    assert (value("TENPO", stopped), value("TEISHIBI", stopped)) == ("999", "20261120")
    assert result(await pos.instruct("TEIKAI", NO=no, TENPO="101")) == "0000"
    assert value("KEKKA", await pos.record("TEISHI", someone.index)) == "1002"


async def test_a_store_can_release_and_suspend_whom_the_web_suspended(office: Pos) -> None:
    """D3: 白神 恵 is suspended on the Web from the start."""
    assert result(await office.instruct("TEIKAI", NO=MEGUMI, TENPO="102")) == "0000"
    assert result(await office.instruct("TEITOU", NO=MEGUMI, TENPO="102")) == "0000"
    assert value("TENPO", await office.record("TEISHI", 6)) == "102"


async def test_a_new_card_keeps_balance_and_points(someone: Someone) -> None:
    """D6."""
    before = await someone.pos.record("ZANDAKA", someone.index)
    assert result(await someone.pos.instruct("SAIHAK", NO=someone.no, CARDNO="2101000000000399")) == "0000"
    assert await someone.pos.record("ZANDAKA", someone.index) == before


@pytest.mark.parametrize(
    ("shori", "fields"),
    [
        ("WPTUKE", {"PT": "200"}),
        ("TEITOU", {"TENPO": "999"}),
        ("MIUUKE", {"UKENO": "1", "TENPO": "101"}),
        ("SAIHAK", {"CARDNO": "1" * 16}),
    ],
)
async def test_nobody_is_instructed_about_who_is_no_member(
    pos: Pos, shori: str, fields: dict[str, str]
) -> None:
    """相馬 翼 awaits the payment of the share capital."""
    assert result(await pos.instruct(shori, NO=member(8), **fields)) == "1001"


@pytest.mark.parametrize(
    ("shori", "fields"),
    [
        ("NANDEMO", {"NO": TARO}),
        ("WPTUKE", {"PT": "200"}),
        ("TEITOU", {"NO": TARO}),
        ("TEITOU", {"NO": TARO, "TENPO": "SHAREA"}),
        ("MIUUKE", {"NO": TARO, "TENPO": "101"}),
        ("SAIHAK", {"NO": TARO, "CARDNO": "12"}),
        ("SHOKAI", {}),
    ],
)
async def test_an_instruction_that_lacks_something_is_9100(
    pos: Pos, shori: str, fields: dict[str, str]
) -> None:
    assert result(await pos.instruct(shori, **fields)) == "9100"


async def test_the_same_instruction_again_gets_the_first_answer_and_no_further_effect(
    someone: Someone, intent: str
) -> None:
    first = await someone.pos.instruct("WPTUKE", intent, NO=someone.no, PT=200)
    again = await someone.pos.instruct("WPTUKE", intent, PT=200, NO=someone.no)
    assert again == first
    assert await someone.web_points() == someone.points - 200


async def test_a_refusal_stays_a_refusal(someone: Someone, intent: str) -> None:
    """What was not possible once under an id is not carried out later under the same id."""
    pos, no = someone.pos, someone.no
    assert result(await pos.instruct("TEIKAI", intent, NO=no, TENPO="101")) == "2003"
    await pos.instruct("TEITOU", NO=no, TENPO="999")
    assert result(await pos.instruct("TEIKAI", intent, NO=no, TENPO="101")) == "2003"
    assert value("KEKKA", await pos.record("TEISHI", someone.index)) == "0000"


async def test_an_id_used_for_something_else_is_9110(someone: Someone, intent: str) -> None:
    pos, no = someone.pos, someone.no
    await pos.instruct("WPTUKE", intent, NO=no, PT=200)
    assert result(await pos.instruct("WPTUKE", intent, NO=no, PT=400)) == "9110"
    assert result(await pos.instruct("TEITOU", intent, NO=no, TENPO="999")) == "9110"
    assert await someone.web_points() == someone.points - 200
    assert value("KEKKA", await pos.record("TEISHI", someone.index)) == "1002"


async def test_what_became_of_an_instruction_can_be_asked(someone: Someone, intent: str) -> None:
    pos = someone.pos
    await pos.instruct("WPTUKE", f"{intent}-done", NO=someone.no, PT=200)
    await pos.instruct("WPTUKE", f"{intent}-refused", NO=someone.no, PT=20_000)
    done, refused, never = [
        await pos.instruct("SHOKAI", MOTO_ID=f"{intent}-{each}") for each in ("done", "refused", "never")
    ]
    assert (result(done), value("MOTO_KEKKA", done)) == ("0000", "0000")
    assert (result(refused), value("MOTO_KEKKA", refused)) == ("0000", "2001")
    assert (result(never), elements("MOTO_KEKKA", never)) == ("1003", [])


async def test_fifty_at_once_under_one_id_take_effect_once(someone: Someone, intent: str) -> None:
    orders = (someone.pos.instruct("WPTUKE", intent, NO=someone.no, PT=200) for _ in range(50))
    answers = await asyncio.gather(*orders)
    assert {*answers} == {answers[0]}
    assert result(answers[0]) == "0000"
    assert await someone.web_points() == someone.points - 200


async def test_ten_at_once_under_ids_of_their_own_get_no_more_than_there_is(someone: Someone) -> None:
    orders = (someone.pos.instruct("WPTUKE", NO=someone.no, PT=200) for _ in range(10))
    results = sorted(map(result, await asyncio.gather(*orders)))
    possible = min(someone.points // 200, 10)
    assert results == ["0000"] * possible + ["2001"] * (10 - possible)
    assert await someone.web_points() == someone.points - 200 * possible


async def test_what_was_ordered_is_forgotten_on_demand(tmp_path: Path) -> None:
    shown = ("ZANDAKA", "MIUKE", "TEISHI", "WEBPT")
    async with running_pos("--state", str(tmp_path / "pos.sqlite")) as pos:
        before = [await pos.record(shori, 1) for shori in shown]
        await pos.instruct("WPTUKE", "intent-1", NO=TARO, PT=200)
        await pos.instruct("TEITOU", "intent-2", NO=TARO, TENPO="999")
        ordered = [await pos.record(shori, 1) for shori in shown]

        (await pos.http.delete("/_instructions")).raise_for_status()

        assert [await pos.record(shori, 1) for shori in shown] == before
        await pos.instruct("WPTUKE", "intent-1", NO=TARO, PT=200)
        await pos.instruct("TEITOU", "intent-2", NO=TARO, TENPO="999")
        assert [await pos.record(shori, 1) for shori in shown] == ordered


async def test_what_was_ordered_survives_a_restart(tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "pos.sqlite"))
    shown = ("ZANDAKA", "MIUKE", "TEISHI", "WEBPT")
    async with running_pos(*state) as pos:
        first = await pos.instruct("WPTUKE", "intent-1", NO=TARO, PT=200)
        slip = value("UKENO", await pos.record("MIUKE", 1))
        await pos.instruct("MIUUKE", "intent-2", NO=TARO, UKENO=slip, TENPO="101")
        await pos.instruct("TEITOU", "intent-3", NO=TARO, TENPO="999")
        before = [await pos.record(shori, 1) for shori in shown]
    async with running_pos(*state) as pos:
        assert [await pos.record(shori, 1) for shori in shown] == before
        assert await pos.instruct("WPTUKE", "intent-1", NO=TARO, PT=200) == first
        balance = await pos.record("ZANDAKA", 1)
    assert (number("PZAN", balance), number("WPOINT", balance)) == (24_350, 440)
