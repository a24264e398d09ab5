"""残高のお知らせ: opt-in, of the previous day, once for every fall."""

import pytest

from adapters.records import MemberNumber
from gateway.store.records import AccountKind, MailKind
from tests.mailings.office import Office
from tests.running import NOW, LegacySystems

KIND = MailKind.LOW_BALANCE
TARO, JIRO = "210100000001", "210100000004"
BALANCE = 4_350
"""Taro's, on every day."""


async def test_a_low_balance_is_mailed_once_with_the_day_whose_figure_it_is(hirosaki: Office) -> None:
    """B2: 前日時点."""
    await hirosaki.wants(await hirosaki.account(TARO), below=5_000)

    for day in (20, 21, 24):  # Sunday and Labour Thanksgiving between
        await hirosaki.on(2026, 11, day, 12, 0)

    (letter,) = await hirosaki.letters(KIND)
    assert letter.recipient == f"{TARO}@example.jp"
    assert letter.subject == "【弘前大学生活協同組合】プリペイド残高のお知らせ"
    assert letter.text.startswith(
        "電子マネーPicoのプリペイド残高が、ご設定の金額（5,000円）を下回りました。\n"
        "\n"
        "　プリペイド残高：4,350円\n"
        "　時点：2026年11月19日（前日時点）\n"
        "\n"
        "マイページの残高、ポイントの情報は、前日利用時点のものです。"
        "直近の残高やポイントは、お買い物の際のレシートでご確認いただけます。\n"
    )


@pytest.mark.parametrize("below", [None, BALANCE])
async def test_nobody_is_mailed_who_has_enough_or_did_not_ask(below: int | None, hirosaki: Office) -> None:
    """Below is less than, not as much as."""
    await hirosaki.wants(await hirosaki.account(TARO), below=below)
    await hirosaki.do_what_is_due()
    assert await hirosaki.letters(KIND) == []


async def test_only_after_the_balance_was_high_enough_it_is_mailed_again(hirosaki: Office) -> None:
    taro = await hirosaki.account(TARO)
    mails = []
    for day, below in ((20, 5_000), (21, 5_000), (24, BALANCE), (25, 5_000), (26, 5_000), (27, 6_000)):
        await hirosaki.wants(taro, below=below)
        await hirosaki.on(2026, 11, day, 9, 0)
        mails.append(len(await hirosaki.letters(KIND)))
    assert mails == [1, 1, 1, 2, 2, 3]


async def test_a_guardian_is_mailed_by_their_own_wish_while_the_student_shares(hirosaki: Office) -> None:
    """X13."""
    await hirosaki.account(TARO)
    guardian = await hirosaki.account(TARO, AccountKind.GUARDIAN)
    await hirosaki.wants(guardian, below=5_000)
    await hirosaki.store.preferences.share_with_guardian(MemberNumber(TARO), False, NOW)
    await hirosaki.do_what_is_due()
    assert await hirosaki.recipients(KIND) == []

    await hirosaki.store.preferences.share_with_guardian(MemberNumber(TARO), True, NOW)
    await hirosaki.on(2026, 11, 21, 9, 0)
    assert await hirosaki.recipients(KIND) == [f"{TARO}p"]


async def test_nobody_is_mailed_at_an_address_that_was_never_proved_nor_after_leaving(
    hirosaki: Office,
) -> None:
    """X4, E22."""
    await hirosaki.wants(await hirosaki.account(TARO, verified=False), below=1_000_000)
    await hirosaki.wants(await hirosaki.account(JIRO), below=1_000_000)
    await hirosaki.do_what_is_due()
    assert await hirosaki.letters(KIND) == []


@pytest.mark.parametrize("fault", ["error", "garbled", "closed"])
async def test_while_the_pos_is_out_nobody_is_mailed_and_later_everybody_once(
    fault: str, hirosaki: Office, legacy_systems: LegacySystems
) -> None:
    await hirosaki.wants(await hirosaki.account(TARO), below=5_000)
    async with legacy_systems.hirosaki.pos.fault(fault):
        await hirosaki.do_what_is_due()
        assert await hirosaki.letters(KIND) == []

    assert await hirosaki.due_at(KIND) > NOW
    for day in (20, 21):  # in the night of which a closed POS opens again
        await hirosaki.on(2026, 11, day, 13, 0)
    assert await hirosaki.recipients(KIND) == [TARO]


async def test_while_the_registry_is_out_nobody_is_mailed(
    hirosaki: Office, legacy_systems: LegacySystems
) -> None:
    """Whoever has left in the meantime must not be told anything (E22)."""
    await hirosaki.wants(await hirosaki.account(TARO), below=5_000)
    async with legacy_systems.hirosaki.registry.fault("error"):
        await hirosaki.do_what_is_due()
    assert await hirosaki.letters(KIND) == []

    await hirosaki.on(2026, 11, 20, 12, 30)
    assert await hirosaki.recipients(KIND) == [TARO]


async def test_last_known_figures_are_not_mailed_as_todays(
    hirosaki: Office, legacy_systems: LegacySystems
) -> None:
    """B2: a process that has seen the balance before still asks for it anew."""
    assert hirosaki.systems.pos is not None
    await hirosaki.systems.pos.balances([MemberNumber(TARO)])
    await hirosaki.wants(await hirosaki.account(TARO), below=5_000)
    async with legacy_systems.hirosaki.pos.fault("error"):
        answers = await hirosaki.systems.pos.balances([MemberNumber(TARO)])
        assert answers[MemberNumber(TARO)].last_known
        await hirosaki.do_what_is_due()
    assert await hirosaki.letters(KIND) == []


async def test_whoever_the_pos_leaves_out_is_looked_at_again_and_nobody_mailed_twice(
    hirosaki: Office, legacy_systems: LegacySystems
) -> None:
    numbers = [f"2101{index:08d}" for index in (1, 2, 3, 5, 6)]
    for number in numbers:
        await hirosaki.wants(await hirosaki.account(number), below=1_000_000)
    async with legacy_systems.hirosaki.pos.fault("partial", only=["ZANDAKA"]):
        await hirosaki.do_what_is_due()
    some = await hirosaki.recipients(KIND)
    assert 0 < len(some) < len(numbers)

    await hirosaki.on(2026, 11, 20, 12, 15)
    assert await hirosaki.recipients(KIND) == numbers
    await hirosaki.on(2026, 11, 20, 13, 0)
    assert await hirosaki.recipients(KIND) == numbers


async def test_a_hundred_members_are_one_call(hirosaki: Office, legacy_systems: LegacySystems) -> None:
    """Gentle on old systems: as few calls as the POS takes members in one."""
    numbers = [f"2101{index:08d}" for index in range(20, 170)]
    for number in numbers:
        await hirosaki.wants(await hirosaki.account(number), below=1)
    await legacy_systems.forget_calls()
    await hirosaki.do_what_is_due()
    assert (await legacy_systems.hirosaki.pos.calls())["ZANDAKA"] == 2
