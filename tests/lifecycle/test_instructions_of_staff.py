"""What staff set in motion for members, carried out by the worker at the POS; with every mail and every reading."""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from gateway.store import Store, tables
from gateway.store.records import ChangeRequestState
from tests.api.asking import Api
from tests.api.doing import done, refusal
from tests.lifecycle.portal import Portal, Visitor
from tests.lifecycle.test_instructions_of_members import ADDRESS, REQUEST, member_with, settled
from tests.running import LegacySystems

# Members of Hirosaki whose Pico no other test changes, for what is done to them here stays done.
STOPPED = "210100000041"
COLLECTOR = "210100000024"
"""Has 773 yen, and 16,000 posted."""
COLLECTS_TWICE = "210100000046"
"""Has 44,000 yen posted."""
EARLY_BIRD = "210100000058"
"""Has nothing, and 26,000 posted."""
CARDLESS = "210100000043"
STUCK = "210100000044"

PICO = """
{ viewer { member { pico { prepaidBalance unreceivedPrepaid { total } suspension { state } } } } }
"""


async def register_of(portal: Portal) -> Visitor:
    """A member of Hirosaki's staff at a register."""
    return await portal.staff("hirosaki", "store-hirosaki")


async def asked(register: Api, mutation: str, number: str, **given: Any) -> str:
    """The id of a new request of the staff's."""
    intention = {"memberNumber": number, "idempotencyKey": str(uuid4())}
    payload = await done(register, mutation, REQUEST, **intention, **given)
    return str(payload["changeRequest"]["id"])


async def pico(member: Api) -> Any:
    """What the member's next query shows."""
    return (await member.data(PICO))["viewer"]["member"]["pico"]


async def test_pico_is_suspended_and_resumed_in_stores(portal: Portal, store: Store) -> None:
    """D2, D3: the member reads where it stands after each step, and is told by mail."""
    member, register = await member_with(portal, store, STOPPED), await register_of(portal)

    suspended = await asked(register, "suspendPicoInStore", STOPPED, storeCode="101")
    assert (await settled(register, suspended))["state"] == "DONE"
    assert (await pico(member))["suspension"] == {"state": "IN_EFFECT"}
    mail = await portal.mail(ADDRESS, "利用停止を受け付けました")
    assert "SHAREA" in mail["text"]
    assert (await refusal(register, "suspendPicoInStore", **at_a_register(STOPPED)))["code"] == (
        "ALREADY_SUSPENDED"
    )

    resumed = await asked(register, "resumePico", STOPPED, storeCode="103")
    assert (await settled(register, resumed))["state"] == "DONE"
    assert (await pico(member))["suspension"] is None


def at_a_register(number: str) -> dict[str, Any]:
    return {"memberNumber": number, "storeCode": "101", "idempotencyKey": str(uuid4())}


async def test_slip_money_is_handed_out_once(portal: Portal, store: Store) -> None:
    """B10, B11, B12: from unreceived onto the card; the same sum again is refused at once."""
    member, register = await member_with(portal, store, COLLECTOR), await register_of(portal)
    assert await pico(member) == {
        "prepaidBalance": 773,
        "unreceivedPrepaid": {"total": 16000},
        "suspension": None,
    }

    slip = {"slipNumber": "0000002401", "storeCode": "102"}
    received = await asked(register, "receivePrepaid", COLLECTOR, **slip)

    assert (await settled(register, received))["state"] == "DONE"
    assert await pico(member) == {
        "prepaidBalance": 16773,
        "unreceivedPrepaid": {"total": 0},
        "suspension": None,
    }
    again = {"memberNumber": COLLECTOR, "idempotencyKey": str(uuid4()), **slip}
    assert (await refusal(register, "receivePrepaid", **again))["code"] == "NOT_RECEIVABLE"


async def test_a_sum_asked_for_at_two_registers_is_handed_out_once(
    portal: Portal, store: Store, legacy_systems: LegacySystems
) -> None:
    """B11, B12: while the POS does not say, both are accepted; one is refused with the reason."""
    member, register = await member_with(portal, store, COLLECTS_TWICE), await register_of(portal)
    before = (await pico(member))["prepaidBalance"]
    async with legacy_systems.hirosaki.pos.fault("error"):
        requests = [
            await asked(
                register, "receivePrepaid", COLLECTS_TWICE, slipNumber="0000004601", storeCode=store_code
            )
            for store_code in ("101", "103")
        ]
    portal.later(minutes=10)

    first, second = [await settled(register, request) for request in requests]

    assert first["state"] == "DONE"
    assert (second["state"], second["reason"]) == (
        "REJECTED",
        "まだお受け取りいただけないか、すでにお受け取り済みです。",
    )
    assert (await pico(member))["prepaidBalance"] == before + 44000


async def test_what_is_accepted_before_the_pos_opens_is_carried_out_in_the_morning(
    portal: Portal, store: Store, legacy_systems: LegacySystems
) -> None:
    """B11."""
    await member_with(portal, store, EARLY_BIRD)
    register = await register_of(portal)
    async with legacy_systems.hirosaki.pos.fault("closed"):
        slip = {"slipNumber": "0000005801", "storeCode": "101"}
        request = await asked(register, "receivePrepaid", EARLY_BIRD, **slip)
    portal.later(hours=18)

    morning = await register_of(portal)
    assert (await settled(morning, request))["state"] == "DONE"


async def test_a_new_card_is_issued(portal: Portal, store: Store) -> None:
    """D5, D6, D7: once the registers know it, the member reads so; the registry comes later."""
    member, register = await member_with(portal, store, CARDLESS), await register_of(portal)

    new_card = {
        "memberNumber": CARDLESS,
        "cardNumber": "2101000000439999",
        "idempotencyKey": str(uuid4()),
    }
    payload = await done(register, "reissueCard", REQUEST, **new_card)

    assert (await settled(register, payload["changeRequest"]["id"]))["state"] == "DONE"
    again = await done(register, "reissueCard", f"{REQUEST} message", **new_card)
    assert again["changeRequest"] == payload["changeRequest"]
    assert again["message"].startswith("お手続きは完了しています。")
    cards = await member.data("{ viewer { member { cards { number state reissue { state } } } } }")
    new, *old = cards["viewer"]["member"]["cards"]
    assert new == {"number": "2101000000439999", "state": "ACTIVE", "reissue": {"state": "DONE"}}
    assert {card["state"] for card in old} == {"REPLACED"}
    mail = await portal.mail(ADDRESS, "完了")
    assert "2101000000439999" not in mail["text"]


async def test_the_office_has_the_pos_asked_once_more(portal: Portal, store: Store) -> None:
    """What the worker has left to staff is carried out after all."""
    register, office = await register_of(portal), await portal.staff("hirosaki")
    request = await asked(register, "suspendPicoInStore", STUCK, storeCode="101")
    await settled(register, request)
    await needs_attention(store)

    await done(office, "settleChangeRequest", changeRequestId=request, settlement="TRY_AGAIN")

    found = await settled(register, request)
    assert (found["state"], found["reason"]) == ("DONE", None)


async def needs_attention(store: Store) -> None:
    """The one request there is was left to staff, its outcome unknown."""
    unknown = {"state": ChangeRequestState.NEEDS_ATTENTION, "settled_at": None, "reason": None}
    async with store.engine.begin() as connection:
        await connection.execute(sa.update(tables.change_requests).values(**unknown))


async def test_an_answer_and_the_end_of_a_membership_arrive_by_mail(portal: Portal) -> None:
    """E8, E22."""
    office = await portal.staff("hokkaido")
    asahikawa = await portal.signed_in("hokkaido", "asahikawa@example.jp")
    question = {"coop": "hokkaido", "topic": "OTHER", "body": "出資金はいつ返還されますか。"}
    inquiry = (await done(asahikawa, "submitInquiry", "inquiry { id }", **question))["inquiry"]["id"]

    await done(office, "answerInquiry", inquiryId=inquiry, answer="本日返還いたしました。")
    await done(office, "recordShareRefund", memberNumber="10000004", refundedOn="2026-11-20")

    answer = await portal.mail("asahikawa@example.jp", "お問い合わせへの回答")
    assert "本日返還いたしました。" in answer["text"]
    await portal.mail("asahikawa@example.jp", "出資金の返還とマイページの閲覧終了のお知らせ")
