"""未受取プリペイドが受け取れるようになったこと: where, with which words, once for every sum."""

from gateway.store.records import AccountKind, MailKind
from tests.mailings.office import Office
from tests.running import LegacySystems

KIND = MailKind.READY_TO_COLLECT
TARO, HANAKO = "210100000001", "210100000002"


async def test_money_that_can_be_collected_is_mailed_once_with_stores_and_phrase(hirosaki: Office) -> None:
    """B12, B14, B15, B17: 20,000 yen are posted; 5,000 are only paid yet and not spoken of."""
    await hirosaki.account(TARO)
    await hirosaki.account(HANAKO)

    for day in (20, 21):
        await hirosaki.on(2026, 11, day, 12, 0)

    (letter,) = await hirosaki.letters(KIND)
    assert letter.recipient == f"{TARO}@example.jp"
    assert letter.text.startswith(
        "未受取プリペイドが、お受け取り（チャージ）いただけるようになりました。\n"
        "\n"
        "　払込用紙でのご入金：20,000円\n"
        "\n"
        "店舗（SHAREA・FERIO・Clover）にご来店いただき、レジで「Picoの受け取りにきた」旨をお伝えください。\n"
        "受取期限はありませんので、ご本人様の都合のよい時にご来店ください。\n"
    )


async def test_members_and_guardians_are_mailed_unless_they_do_not_want_it(hirosaki: Office) -> None:
    """What `alerts.readyToCollect` shows is what happens, also before anybody has set it."""
    await hirosaki.account(TARO, AccountKind.GUARDIAN)
    await hirosaki.wants(await hirosaki.account(TARO), ready=False)
    await hirosaki.do_what_is_due()
    assert await hirosaki.recipients(KIND) == [f"{TARO}p"]


async def test_while_the_pos_is_out_nobody_is_mailed_and_later_everybody_once(
    hirosaki: Office, legacy_systems: LegacySystems
) -> None:
    await hirosaki.account(TARO)
    async with legacy_systems.hirosaki.pos.stopped():
        await hirosaki.do_what_is_due()
        assert await hirosaki.letters(KIND) == []
    for hour in (13, 14):
        await hirosaki.on(2026, 11, 20, hour, 0)
    assert await hirosaki.recipients(KIND) == [TARO]
