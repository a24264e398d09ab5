"""What members set in motion, carried out: by the worker at the POS, or by staff; with every mail and every reading."""

from typing import Any
from uuid import uuid4

import pytest
from pydantic import SecretStr

from gateway.settings import Settings
from gateway.store import Store
from tests.api.asking import PASSWORD, Api
from tests.api.doing import done
from tests.api.opening import open_member
from tests.api.own_gateway import running_gateway
from tests.lifecycle.portal import Portal, Visitor
from tests.running import SIGNING_KEY, LegacySystems
from tests.running.eventually import eventually

COLLECTOR = "210100000030"
"""Has 1,477 Web points."""
SPENDTHRIFT = "210100000168"
"""Has 1,222 Web points."""
NIGHT_OWL = "210100000031"
"""Has a meal card."""
TWICE_SEEN = "210100000200"
"""Has 1,488 Web points."""

ADDRESS = "member@example.jp"
REQUEST = "changeRequest { id }"
STATE = """
query ($id: ID!) { node(id: $id) { ... on ChangeRequest { state settledAt reason } } }
"""
AVAILABLE = """
query ($id: ID!) {
  node(id: $id) { ... on ChangeRequest { details { ... on WebPointTransferDetails { availableFrom } } } }
}
"""
PICO = """
{ viewer { member { pico {
  webPoints { balance transferable pending history(first: 1) { edges { node { occurredOn kind points } } } }
  unreceivedPrepaid { total items { source amount availableFrom } pending { amount } }
  suspension { state since followUps }
} } } }
"""
SUSPENSION = "{ viewer { member { pico { suspension { state since followUps } } } } }"
WEB_POINTS = "{ viewer { member { pico { snapshot webPoints { balance transferable pending } } } } }"


async def member_with(portal: Portal, store: Store, number: str) -> Visitor:
    """Signed in, with a confirmed address."""
    await open_member(store, "hirosaki", f"member-{number}", number, ADDRESS)
    return await portal.signed_in("hirosaki", f"member-{number}")


async def transfer(member: Api, points: int) -> str:
    """The id of a new transfer."""
    payload = await done(
        member, "requestWebPointTransfer", REQUEST, points=points, idempotencyKey=str(uuid4())
    )
    return str(payload["changeRequest"]["id"])


async def suspend(member: Api) -> str:
    """The id of a new suspension."""
    payload = await done(member, "suspendPico", REQUEST, idempotencyKey=str(uuid4()))
    return str(payload["changeRequest"]["id"])


async def settled(member: Api, request: str) -> Any:
    """Where a request stands as soon as it is settled."""
    found: dict[str, Any] = {}

    async def is_settled() -> bool:
        found.update((await member.data(STATE, id=request))["node"])
        return found["settledAt"] is not None

    await eventually(is_settled, within=30)
    return found


async def pico(member: Api) -> Any:
    """What the member's next query shows."""
    return (await member.data(PICO))["viewer"]["member"]["pico"]


async def test_moved_web_points_wait_at_the_stores_as_soon_as_the_pos_has_them(
    portal: Portal, store: Store
) -> None:
    """B6, B7, B8, X6: carried out once; what was pending is certain; the member is written to twice."""
    member = await member_with(portal, store, COLLECTOR)

    request = await transfer(member, 400)

    assert (await settled(member, request))["state"] == "DONE"
    now = await pico(member)
    assert now["webPoints"] == {
        "balance": 1077,
        "transferable": 1000,
        "pending": 0,
        "history": {"edges": [{"node": {"occurredOn": "2026-11-20", "kind": "TRANSFERRED", "points": 400}}]},
    }
    unreceived = now["unreceivedPrepaid"]
    moved = [item for item in unreceived["items"] if item["source"] == "WEB_POINTS"]
    assert moved == [{"source": "WEB_POINTS", "amount": 400, "availableFrom": "2026-11-24"}]
    assert unreceived["pending"] == []
    assert unreceived["total"] == sum(item["amount"] for item in unreceived["items"])
    await portal.mail(ADDRESS, "を受け付けました")
    await portal.mail(ADDRESS, "完了")


async def test_points_that_the_pos_moves_on_another_day_can_be_collected_later_than_was_said(
    portal: Portal, store: Store, legacy_systems: LegacySystems
) -> None:
    """B8, X6: asked for on Friday, moved on Saturday; Sunday and the holiday on Monday do not count."""
    member = await member_with(portal, store, COLLECTOR)
    async with legacy_systems.hirosaki.pos.fault("error"):
        request = await transfer(member, 400)
        assert (await member.data(AVAILABLE, id=request))["node"]["details"] == {
            "availableFrom": "2026-11-24"
        }
        portal.later(hours=13)
    portal.later(minutes=10)

    saturday = await portal.signed_in("hirosaki", f"member-{COLLECTOR}")
    assert (await settled(saturday, request))["state"] == "DONE"
    details = (await saturday.data(AVAILABLE, id=request))["node"]["details"]
    assert details == {"availableFrom": "2026-11-25"}
    mail = await portal.mail(ADDRESS, "完了")
    assert "2026年11月25日以降に、店舗レジにてチャージできます。" in mail["text"]


async def test_what_the_pos_refuses_is_told_with_the_reason_and_can_be_asked_for_anew(
    portal: Portal, store: Store, legacy_systems: LegacySystems
) -> None:
    """B6: accepted while the POS could not say how many points there are."""
    member = await member_with(portal, store, SPENDTHRIFT)
    async with legacy_systems.hirosaki.pos.fault("error"):
        too_much = await transfer(member, 1400)
    portal.later(minutes=10)

    rejected = await settled(member, too_much)
    assert (rejected["state"], rejected["reason"]) == ("REJECTED", "Webポイントが不足しています。")
    mail = await portal.mail(ADDRESS, "についてのお知らせ")
    assert "Webポイントが不足しています。" in mail["text"]
    enough = await transfer(member, 1200)
    assert (await settled(member, enough))["state"] == "DONE"
    assert (await pico(member))["webPoints"]["balance"] == 22


async def test_a_card_lost_at_night_is_stopped_when_the_pos_opens(
    portal: Portal, store: Store, legacy_systems: LegacySystems
) -> None:
    """D1, D2, D4, X12: told at once by mail, shown from then on, in effect in the morning."""
    member = await member_with(portal, store, NIGHT_OWL)
    async with legacy_systems.hirosaki.pos.fault("closed"):
        request = await suspend(member)
        await portal.mail(ADDRESS, "利用停止を受け付けました")
        assert (await member.data(STATE, id=request))["node"]["state"] in ("RECEIVED", "IN_PROGRESS")
    follow_ups = ["ミールカードをご利用の方は、食堂店でお手続きください。"]
    assert (await pico(member))["suspension"] == {
        "state": "REQUESTED",
        "since": "2026-11-20",
        "followUps": follow_ups,
    }

    portal.later(hours=18)

    morning = await portal.signed_in("hirosaki", f"member-{NIGHT_OWL}")
    assert (await settled(morning, request))["state"] == "DONE"
    standing = (await morning.data(SUSPENSION))["viewer"]["member"]["pico"]["suspension"]
    assert standing == {"state": "IN_EFFECT", "since": "2026-11-20", "followUps": follow_ups}
    assert (await portal.mail(ADDRESS, "完了"))["to"] == [ADDRESS]


@pytest.fixture
def second_gateway_settings(seeded_database: str) -> Settings:
    """Of another process over the same database."""
    return Settings(database_url=SecretStr(seeded_database), signing_key=SecretStr(SIGNING_KEY))


async def test_every_gateway_process_shows_what_was_asked_for_at_another(
    portal: Portal, store: Store, legacy_systems: LegacySystems, second_gateway_settings: Settings
) -> None:
    """B6, B7: pending, then certain; and what the POS said before is not served as last known afterwards."""
    member = await member_with(portal, store, TWICE_SEEN)
    async with running_gateway(second_gateway_settings) as second:
        elsewhere = await second.signed_in("hirosaki", f"member-{TWICE_SEEN}", PASSWORD)
        assert await web_points(elsewhere) == {"balance": 1488, "transferable": 1400, "pending": 0}
        async with legacy_systems.hirosaki.pos.fault("closed", only=["WPTUKE"]):
            request = await transfer(member, 600)
            assert await web_points(elsewhere) == {"balance": 1488, "transferable": 800, "pending": 600}
        portal.later(hours=12)
        member = await portal.signed_in("hirosaki", f"member-{TWICE_SEEN}")
        assert (await settled(member, request))["state"] == "DONE"

        async with legacy_systems.hirosaki.pos.fault("error"):

            async def has_forgotten() -> bool:
                return bool((await elsewhere.ask(WEB_POINTS)).errors)

            await eventually(has_forgotten)
        assert await web_points(elsewhere) == {"balance": 888, "transferable": 800, "pending": 0}


async def web_points(member: Api) -> Any:
    """As this process shows them."""
    return (await member.data(WEB_POINTS))["viewer"]["member"]["pico"]["webPoints"]


async def test_a_new_name_is_taken_up_by_staff_and_the_member_hears_of_it(portal: Portal) -> None:
    """E19, E20: pending until then."""
    sapporo = await portal.signed_in("hokkaido", "sapporo@example.jp")
    staff = await portal.staff("hokkaido")
    payload = await done(
        sapporo, "requestProfileChange", REQUEST, name="小樽 一郎", idempotencyKey=str(uuid4())
    )
    request = payload["changeRequest"]["id"]
    pending = "{ viewer { member { profile { name pendingChange { name } } } } }"
    shown = (await sapporo.data(pending))["viewer"]["member"]["profile"]
    assert shown == {"name": "札幌 一郎", "pendingChange": {"name": "小樽 一郎"}}

    await done(staff, "settleChangeRequest", changeRequestId=request, settlement="DONE")

    assert (await sapporo.data(STATE, id=request))["node"]["state"] == "DONE"
    shown = (await sapporo.data(pending))["viewer"]["member"]["profile"]
    assert shown["pendingChange"] is None
    await portal.mail("sapporo@example.jp", "完了")
