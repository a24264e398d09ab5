"""請求明細のご確認: to who is leaving, while there is time (E23)."""

from gateway.store.records import MailKind
from tests.mailings.office import Office
from tests.running import LegacySystems

KIND = MailKind.LEAVING
SAPPORO, ASAHIKAWA, KUSHIRO = "10000001", "10000004", "10000005"
AOI = "210100000007"


async def test_who_is_leaving_is_mailed_once_to_look_at_the_statements_in_time(hokkaido: Office) -> None:
    """E23: not who stays, and not who has left (E22)."""
    for number in (SAPPORO, ASAHIKAWA, KUSHIRO):
        await hokkaido.account(number)

    for day in (20, 21, 24):
        await hokkaido.on(2026, 11, day, 12, 0)

    (letter,) = await hokkaido.letters(KIND)
    assert letter.recipient == f"{ASAHIKAWA}@example.jp"
    assert letter.text.startswith(
        "脱退のお手続き中の方に、お願いいたします。\n"
        "\n"
        "出資金返還後はマイページの閲覧ができなくなりますので、該当される方は、早めに請求明細の確認をお願いいたします。\n"
        "\n"
        "請求明細は、マイページでご覧いただけるほか、ファイル（CSV・PDF）に保存していただけます。\n"
        f"{hokkaido.coop.pages.home_url}\n"
    )


async def test_while_the_registry_is_out_it_waits(hokkaido: Office, legacy_systems: LegacySystems) -> None:
    await hokkaido.account(ASAHIKAWA)
    async with legacy_systems.hokkaido.registry.stopped():
        await hokkaido.do_what_is_due()
    assert await hokkaido.letters(KIND) == []
    for hour in (13, 14):
        await hokkaido.on(2026, 11, 20, hour, 0)
    assert await hokkaido.recipients(KIND) == [ASAHIKAWA]


async def test_a_co_op_without_statements_has_nothing_to_remind_of(hirosaki: Office) -> None:
    await hirosaki.account(AOI)
    await hirosaki.do_what_is_due()
    assert await hirosaki.letters(KIND) == []
