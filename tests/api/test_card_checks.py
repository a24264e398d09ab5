"""デジタル組合員証の確認 (E13, E24): staff see whose card a phone shows, and whether it is good."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from adapters.records import MemberNumber
from gateway.card_signature import CardSigner
from gateway.settings import Settings
from gateway.store import Store, tables
from gateway.store.records import AccessLogQuery, DigitalCardState
from gateway.viewer import StaffRole
from tests.api.asking import Api
from tests.api.doing import done, input_error, refusal
from tests.api.opening import open_staff
from tests.api.own_gateway import MovableClock, running_gateway
from tests.running import NOW, SIGNING_KEY, LegacySystems

CARD = "card { displayName memberNumber numberDisplay status }"
PRESENTED = "{ viewer { member { digitalCard { presentation { code } } } } }"
EXPIRED = "コードの有効期限が切れています。画面を更新して、もう一度ご提示いただいてください。"


async def shown(member: Api) -> str:
    """The code on a member's phone."""
    code: str = (await member.data(PRESENTED))["viewer"]["member"]["digitalCard"]["presentation"]["code"]
    return code


async def newest(store: Store) -> tuple[str, str, str | None, str | None]:
    """The last line of the access log that tells of a card."""
    log = await store.of("hokkaido").access_log.page(AccessLogQuery(limit=10))
    entry = next(entry for entry in log.items if entry.action.value == "CARD_VERIFIED")
    return entry.action.value, entry.outcome.value, entry.member_number, entry.reason


async def test_a_good_card_names_its_owner(sapporo: Api, hokkaido_staff: Api, store: Store) -> None:
    """E13: and the check is in the access log."""
    payload = await done(hokkaido_staff, "verifyDigitalCard", CARD, code=f" {await shown(sapporo)}\n")

    assert payload["card"] == {
        "displayName": "札幌 一郎",
        "memberNumber": "10000001",
        "numberDisplay": "1000 0001",
        "status": "ACTIVE",
    }
    assert await newest(store) == ("CARD_VERIFIED", "ALLOWED", "10000001", None)


@pytest.fixture
async def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def moving(
    seeded_database: str, clock: MovableClock, legacy_systems: LegacySystems
) -> AsyncIterator[Api]:
    """A gateway whose time passes when the test says so."""
    settings = Settings(database_url=SecretStr(seeded_database), signing_key=SecretStr(SIGNING_KEY))
    async with running_gateway(settings, clock) as api:
        yield api


async def test_a_code_is_good_for_a_minute(moving: Api, clock: MovableClock, store: Store) -> None:
    """E13: the phone then shows another one."""
    sapporo = await moving.signed_in("hokkaido", "sapporo@example.jp")
    staff = await moving.signed_in("hokkaido", "staff-hokkaido@example.jp")
    code = await shown(sapporo)
    clock.let_pass(timedelta(seconds=59))
    await done(staff, "verifyDigitalCard", code=code)
    clock.let_pass(timedelta(seconds=1))

    error = await refusal(staff, "verifyDigitalCard", code=code)

    assert error == input_error("CARD_CODE_EXPIRED", EXPIRED, "code")
    assert await newest(store) == ("CARD_VERIFIED", "REFUSED", None, "EXPIRED")
    await done(staff, "verifyDigitalCard", code=await shown(sapporo))


@pytest.mark.parametrize("code", ["", "10000001", "x" * 5000, "\x00", "W10.あ"])
async def test_what_we_have_not_signed_is_no_card(hokkaido_staff: Api, store: Store, code: str) -> None:
    error = await refusal(hokkaido_staff, "verifyDigitalCard", code=code)

    message = "当システムが発行したコードではありません。偽造の可能性があります。"
    assert error == input_error("CARD_CODE_INVALID", message, "code")
    assert await newest(store) == ("CARD_VERIFIED", "REFUSED", None, "NOT_SIGNED")


async def test_a_code_that_was_tampered_with_is_no_card(sapporo: Api, hokkaido_staff: Api) -> None:
    """Another number under the same signature."""
    signature = (await shown(sapporo)).rpartition(".")[2]
    another = CardSigner("a key of somebody else's, long enough").present(
        "hokkaido", MemberNumber("10000002"), NOW
    )
    forged = f"{another.code.rpartition('.')[0]}.{signature}"

    for code in (forged, another.code):
        assert (await refusal(hokkaido_staff, "verifyDigitalCard", code=code))["code"] == "CARD_CODE_INVALID"


async def test_another_co_ops_card_is_told_apart(hokkaido_staff: Api, store: Store) -> None:
    elsewhere = CardSigner(SIGNING_KEY).present("hirosaki", MemberNumber("210100000001"), NOW)

    error = await refusal(hokkaido_staff, "verifyDigitalCard", code=elsewhere.code)

    assert error == input_error("CARD_OF_ANOTHER_COOP", "他の生協のデジタル組合員証です。", "code")
    assert await newest(store) == ("CARD_VERIFIED", "REFUSED", None, "OF_ANOTHER_COOP")


async def test_a_revoked_card_is_not_good(sapporo: Api, hokkaido_staff: Api, store: Store) -> None:
    """E14: between showing and checking, the member has left MyPage."""
    code = await shown(sapporo)
    cards = tables.digital_cards
    async with store.engine.begin() as connection:
        revoked = {"state": DigitalCardState.REVOKED, "revoked_at": NOW}
        await connection.execute(
            sa.update(cards).where(cards.c.member_number == "10000001").values(**revoked)
        )

    error = await refusal(hokkaido_staff, "verifyDigitalCard", code=code)

    assert error == input_error("CARD_NOT_ACTIVE", "このデジタル組合員証は利用停止されています。", "code")
    assert await newest(store) == ("CARD_VERIFIED", "REFUSED", "10000001", "NOT_ACTIVE")


async def test_a_card_that_was_never_activated_is_not_good(hokkaido_staff: Api) -> None:
    """E17."""
    code = CardSigner(SIGNING_KEY).present("hokkaido", MemberNumber("10000002"), NOW).code

    assert (await refusal(hokkaido_staff, "verifyDigitalCard", code=code))["code"] == "CARD_NOT_ACTIVE"


async def test_the_card_ends_with_the_refund(api: Api, hokkaido_staff: Api, store: Store) -> None:
    """E24: a code shown a moment before is worth nothing."""
    row = {
        "coop": "hokkaido",
        "member_number": "10000004",
        "state": DigitalCardState.ACTIVE,
        "activated_at": NOW,
    }
    async with store.engine.begin() as connection:
        await connection.execute(sa.insert(tables.digital_cards).values(row))
    code = await shown(await api.signed_in("hokkaido", "asahikawa@example.jp"))
    await done(hokkaido_staff, "verifyDigitalCard", code=code)

    await done(hokkaido_staff, "recordShareRefund", memberNumber="10000004", refundedOn="2026-11-20")

    assert (await refusal(hokkaido_staff, "verifyDigitalCard", code=code))["code"] == "CARD_NOT_ACTIVE"


async def test_who_has_withdrawn_has_no_good_card(hokkaido_staff: Api, store: Store) -> None:
    """E22, E24: 釧路's share capital was refunded, says the registry."""
    code = CardSigner(SIGNING_KEY).present("hokkaido", MemberNumber("10000005"), NOW).code

    error = await refusal(hokkaido_staff, "verifyDigitalCard", code=code)

    assert error == input_error("WITHDRAWN", "脱退済みの方のデジタル組合員証です。", "code")
    assert await newest(store) == ("CARD_VERIFIED", "REFUSED", "10000005", "WITHDRAWN")


async def test_a_co_op_without_digital_cards_says_so(hirosaki_staff: Api) -> None:
    error = await refusal(hirosaki_staff, "verifyDigitalCard", code="x")

    assert error == input_error("NOT_OFFERED", "この生協にはデジタル組合員証がありません。")


async def test_who_may_check_a_card(api: Api, sapporo: Api, store: Store) -> None:
    """Desk, store and office."""
    code = await shown(sapporo)
    await open_staff(store, "hokkaido", "others", StaffRole.AUDITOR, StaffRole.ADMINISTRATOR)
    others = await api.signed_in("hokkaido", "others")
    register = await api.signed_in("hokkaido", "store-hokkaido@example.jp")
    operation = "mutation ($code: String!) { verifyDigitalCard(input: {code: $code}) { errors { code } } }"
    for viewer, refused in ((others, "FORBIDDEN"), (sapporo, "FORBIDDEN"), (api, "UNAUTHENTICATED")):
        answer = await viewer.ask(operation, code=code)
        assert answer.only_error()["extensions"]["code"] == refused
    await done(register, "verifyDigitalCard", code=code)
