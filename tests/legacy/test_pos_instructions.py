"""Instructions to the POS: their effect on the figures, and that it happens once (B6, B7, B11, D1–D3, D5–D7)."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.legacy.pos_client import Pos, elements, member, number, result, running_pos, value

TARO, HANAKO, TAKASAKI, MEGUMI = map(member, (1, 2, 3, 6))
TODAY = {"TSUBAN": 1, "KAISHI": "20261120", "SHURYO": "20261120", "KENSU": 10}


@pytest.fixture
async def fresh() -> AsyncIterator[Pos]:
    """A back office to which nothing was ordered yet."""
    async with running_pos() as pos:
        yield pos


async def web_points(pos: Pos, index: int = 1) -> int:
    return number("WPOINT", await pos.record("ZANDAKA", index))


async def unreceived(pos: Pos, index: int = 1) -> list[tuple[str, int]]:
    """Kind and amount of what waits."""
    items = elements("ITEM", await pos.record("MIUKE", index))
    waiting = [each for each in items if value("UKETORIBI", each) == "00000000"]
    return [(value("KUBUN", each), number("KINGAKU", each)) for each in waiting]


async def test_web_points_become_unreceived_prepaid_money(fresh: Pos) -> None:
    """B6, B7: 弘前 太郎 moves 400 of his 640."""
    answer = await fresh.instruct("WPTUKE", NO=TARO, PT=400)
    assert result(answer) == "0000"
    assert await web_points(fresh) == 240
    assert await unreceived(fresh) == [("1", 20_000), ("1", 5_000), ("2", 400)]
    newest = elements("GYO", await fresh.record("WEBPT", 1))[0]
    assert (value("KUBUN", newest), number("PT", newest), value("HIZUKE", newest)) == ("2", 400, "20261120")


async def test_more_web_points_than_there_are_cannot_be_moved(fresh: Pos) -> None:
    """B6."""
    assert result(await fresh.instruct("WPTUKE", NO=TARO, PT=800)) == "2001"
    assert await web_points(fresh) == 640


@pytest.mark.parametrize("points", [0, 100, 201, "", "many", "-200"])
async def test_web_points_move_in_two_hundreds_only(pos: Pos, points: object) -> None:
    """B6."""
    assert result(await pos.instruct("WPTUKE", NO=TARO, PT=points)) == "9100"
    assert await web_points(pos) == 640


async def test_received_money_is_on_the_card_and_in_the_journal_of_today(fresh: Pos) -> None:
    """B11: 4,350 and a slip of 20,000."""
    slip = value("UKENO", await fresh.record("MIUKE", 1))
    assert result(await fresh.instruct("MIUUKE", NO=TARO, UKENO=slip, TENPO="101")) == "0000"
    assert number("PZAN", await fresh.record("ZANDAKA", 1)) == 24_350
    assert await unreceived(fresh) == [("1", 5_000)]
    entry = (await fresh.record("RIREKI", 1, **TODAY)).partition(b"<TORIHIKI>")[2]
    assert [value(name, entry) for name in ("SHUBETSU", "SHIHARAI", "PZAN")] == ["06", "6", "000024350"]
    assert value("KAGI", entry).startswith("20261120-101-")
    assert result(await fresh.instruct("MIUUKE", NO=TARO, UKENO=slip, TENPO="101")) == "2004"


async def test_moved_web_points_are_received_like_a_slip(fresh: Pos) -> None:
    """B7, B8."""
    await fresh.instruct("WPTUKE", NO=TARO, PT=600)
    item = elements("ITEM", await fresh.record("MIUKE", 1))[2]
    assert result(await fresh.instruct("MIUUKE", NO=TARO, UKENO=value("UKENO", item), TENPO="102")) == "0000"
    assert number("PZAN", await fresh.record("ZANDAKA", 1)) == 4_950
    entry = await fresh.record("RIREKI", 1, **TODAY)
    assert (value("SHUBETSU", entry), number("KINGAKU", entry)) == ("05", 600)


async def test_money_that_is_not_posted_cannot_be_received(pos: Pos) -> None:
    """B12: 太郎's slip of 5,000 yen is paid only."""
    item = elements("ITEM", await pos.record("MIUKE", 1))[1]
    assert result(await pos.instruct("MIUUKE", NO=TARO, UKENO=value("UKENO", item), TENPO="101")) == "2004"


async def test_a_member_is_suspended_once_and_resumed_once(fresh: Pos) -> None:
    """D1, D2."""
    results = [
        result(await fresh.instruct(shori, NO=HANAKO, TENPO=store))
        for shori, store in [("TEIKAI", "101"), ("TEITOU", "999"), ("TEITOU", "101")]
    ]
    assert results == ["2003", "0000", "2002"]
    stopped = await fresh.record("TEISHI", 2)
    assert (value("TENPO", stopped), value("TEISHIBI", stopped)) == ("999", "20261120")
    assert result(await fresh.instruct("TEIKAI", NO=HANAKO, TENPO="101")) == "0000"
    assert value("KEKKA", await fresh.record("TEISHI", 2)) == "1002"


async def test_a_store_can_suspend_and_release_what_the_web_suspended(fresh: Pos) -> None:
    """D3: 白神 恵 is suspended on the Web from the start."""
    assert result(await fresh.instruct("TEIKAI", NO=MEGUMI, TENPO="102")) == "0000"
    assert result(await fresh.instruct("TEITOU", NO=MEGUMI, TENPO="102")) == "0000"
    assert value("TENPO", await fresh.record("TEISHI", 6)) == "102"


async def test_a_new_card_keeps_balance_and_points(fresh: Pos) -> None:
    """D6."""
    before = await fresh.record("ZANDAKA", 3)
    assert result(await fresh.instruct("SAIHAK", NO=TAKASAKI, CARDNO="2101000000000399")) == "0000"
    assert await fresh.record("ZANDAKA", 3) == before


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
    pos: Pos, shori: str, fields: dict[str, object]
) -> None:
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
    pos: Pos, shori: str, fields: dict[str, object]
) -> None:
    assert result(await pos.instruct(shori, **fields)) == "9100"


async def test_the_same_instruction_again_gets_the_first_answer_and_no_further_effect(fresh: Pos) -> None:
    first = await fresh.instruct("WPTUKE", "intent-1", NO=TARO, PT=200)
    again = await fresh.instruct("WPTUKE", "intent-1", PT=200, NO=TARO)
    assert again == first
    assert await web_points(fresh) == 440


async def test_a_refusal_stays_a_refusal(fresh: Pos) -> None:
    """What was not possible once under an id is not carried out later under the same id."""
    assert result(await fresh.instruct("TEIKAI", "intent-1", NO=HANAKO, TENPO="101")) == "2003"
    await fresh.instruct("TEITOU", NO=HANAKO, TENPO="999")
    assert result(await fresh.instruct("TEIKAI", "intent-1", NO=HANAKO, TENPO="101")) == "2003"
    assert value("KEKKA", await fresh.record("TEISHI", 2)) == "0000"


async def test_an_id_used_for_something_else_is_9110(fresh: Pos) -> None:
    await fresh.instruct("WPTUKE", "intent-1", NO=TARO, PT=200)
    assert result(await fresh.instruct("WPTUKE", "intent-1", NO=TARO, PT=400)) == "9110"
    assert result(await fresh.instruct("TEITOU", "intent-1", NO=TARO, TENPO="999")) == "9110"
    assert await web_points(fresh) == 440


async def test_what_became_of_an_instruction_can_be_asked(fresh: Pos) -> None:
    await fresh.instruct("WPTUKE", "done", NO=TARO, PT=200)
    await fresh.instruct("WPTUKE", "refused", NO=TARO, PT=800)
    done, refused, never = [
        await fresh.instruct("SHOKAI", MOTO_ID=each) for each in ("done", "refused", "never")
    ]
    assert (result(done), value("MOTO_KEKKA", done)) == ("0000", "0000")
    assert (result(refused), value("MOTO_KEKKA", refused)) == ("0000", "2001")
    assert (result(never), elements("MOTO_KEKKA", never)) == ("1003", [])


async def test_fifty_at_once_under_one_id_take_effect_once(fresh: Pos) -> None:
    answers = await asyncio.gather(
        *(fresh.instruct("WPTUKE", "intent-1", NO=TARO, PT=200) for _ in range(50))
    )
    assert {*answers} == {answers[0]}
    assert result(answers[0]) == "0000"
    assert await web_points(fresh) == 440


async def test_ten_at_once_under_ids_of_their_own_get_no_more_than_there_is(fresh: Pos) -> None:
    """太郎 has three times 200."""
    answers = await asyncio.gather(*(fresh.instruct("WPTUKE", NO=TARO, PT=200) for _ in range(10)))
    assert sorted(map(result, answers)) == ["0000"] * 3 + ["2001"] * 7
    assert await web_points(fresh) == 40


async def test_what_was_ordered_survives_a_restart(tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "pos.sqlite"))
    async with running_pos(*state) as pos:
        first = await pos.instruct("WPTUKE", "intent-1", NO=TARO, PT=200)
        slip = value("UKENO", await pos.record("MIUKE", 1))
        await pos.instruct("MIUUKE", "intent-2", NO=TARO, UKENO=slip, TENPO="101")
        await pos.instruct("TEITOU", "intent-3", NO=TARO, TENPO="999")
        before = [await pos.record(shori, 1) for shori in ("ZANDAKA", "MIUKE", "TEISHI", "WEBPT")]
    async with running_pos(*state) as pos:
        assert [await pos.record(shori, 1) for shori in ("ZANDAKA", "MIUKE", "TEISHI", "WEBPT")] == before
        assert await pos.instruct("WPTUKE", "intent-1", NO=TARO, PT=200) == first
        assert await web_points(pos) == 440
        assert number("PZAN", await pos.record("ZANDAKA", 1)) == 24_350


async def test_without_a_file_a_restart_forgets() -> None:
    async with running_pos() as pos:
        await pos.instruct("WPTUKE", NO=TARO, PT=200)
    async with running_pos() as pos:
        assert await web_points(pos) == 640
