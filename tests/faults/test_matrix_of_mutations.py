"""What members and staff set in motion while a system is in trouble: it is taken on all the same, once.

That it is then carried out, once: tests/instructions and tests/faults/exactly_once; that its mail leaves: test_mail.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from gateway.store import Store
from gateway.store.mailing_tables import published_notices
from gateway.store.tables import change_requests, inquiries, outbox_mail
from tests.api.asking import PASSWORD, SIGN_IN, Api
from tests.api.doing import done, tried
from tests.faults.screens import MAILER, NOTICES, POS, REGISTRY, answer_in
from tests.faults.trouble import MESSAGES, assert_nothing_leaks, simulator, trouble
from tests.running import LegacySystems

TROUBLES = ("stopped", "error", "timeout", "garbled", "truncated", "partial")
TRANSFER = "requestWebPointTransfer"
TAKEN_ON = "changeRequest { state } availableFrom"


@pytest.fixture
async def store(seeded_database: str) -> AsyncIterator[Store]:
    """What the gateway wrote down."""
    store = Store.open(seeded_database)
    yield store
    await store.close()


def a_transfer() -> dict[str, Any]:
    return {"points": 400, "idempotencyKey": str(uuid4())}


def a_notice() -> dict[str, Any]:
    key = str(uuid4())
    return {
        "idempotencyKey": key,
        "title": "休業",
        "body": "休みます。",
        "reach": "EVERYONE",
        "alsoByMail": True,
    }


async def written(store: Store, table: sa.Table) -> int:
    async with store.engine.connect() as connection:
        return (await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()


@pytest.mark.parametrize("fault", TROUBLES)
@pytest.mark.parametrize("system", [REGISTRY, POS, MAILER])
async def test_with_a_system_in_trouble_everything_is_still_taken_on_once(
    system: str,
    fault: str,
    api: Api,
    store: Store,
    legacy_systems: LegacySystems,
    deadline_seconds: float,
) -> None:
    """B6, E8, A37, C1: the notice system and the mailer are one program here."""
    taro, staff = (
        await api.signed_in("hirosaki", "hirosaki-taro"),
        await api.signed_in("hirosaki", "staff-hirosaki"),
    )
    transfer, notice = a_transfer(), a_notice()
    mails = await written(store, outbox_mail)
    loop = asyncio.get_running_loop()
    async with trouble(simulator(legacy_systems, "hirosaki", system), fault):
        begun = loop.time()
        assert (await done(taro, TRANSFER, TAKEN_ON, **transfer))["changeRequest"] == {"state": "RECEIVED"}
        assert loop.time() - begun < deadline_seconds
        await done(taro, TRANSFER, TAKEN_ON, **transfer)
        await done(taro, "submitInquiry", coop="hirosaki", topic="OTHER", body="質問です。")
        await done(staff, "publishNotice", **notice)
        await done(staff, "publishNotice", **notice)
        await api.signed_in("hirosaki", "takasaki")

    assert await written(store, change_requests) == 1
    assert await written(store, inquiries) == 1
    assert await written(store, published_notices) == 1
    assert await written(store, outbox_mail) > mails  # it leaves when the mailer is back


@pytest.mark.parametrize("fault", ["error", "garbled", "truncated"])
@pytest.mark.parametrize("system", [REGISTRY, POS, NOTICES])
async def test_a_system_that_fails_now_and_then_costs_a_mutation_nothing(
    system: str, fault: str, api: Api, legacy_systems: LegacySystems
) -> None:
    taro = await api.signed_in("hirosaki", "hirosaki-taro")
    async with simulator(legacy_systems, "hirosaki", system).fault(fault, times=1):
        payload = await done(
            taro, TRANSFER, f"{TAKEN_ON} webPoints {{ transferable pending }}", **a_transfer()
        )

    assert payload["changeRequest"] == {"state": "RECEIVED"}
    assert payload["webPoints"] == {"transferable": 200, "pending": 400}


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("stopped", "SYSTEM_UNAVAILABLE"),
        ("timeout", "SYSTEM_TIMEOUT"),
        ("garbled", "SYSTEM_ANSWER_GARBLED"),
        ("partial", "SYSTEM_ANSWER_INCOMPLETE"),
    ],
)
async def test_what_the_pos_cannot_say_stands_as_an_error_beside_the_request_that_was_taken_on(
    fault: str, code: str, api: Api, legacy_systems: LegacySystems
) -> None:
    """B6, B9: the points are unknown; the day from which they can be used is not."""
    taro = await api.signed_in("hirosaki", "hirosaki-taro")
    async with trouble(legacy_systems.hirosaki.pos, fault):
        answer = await tried(taro, TRANSFER, f"{TAKEN_ON} webPoints {{ transferable }}", **a_transfer())

    assert answer.data[TRANSFER] == {
        "errors": [],
        "changeRequest": {"state": "RECEIVED"},
        "availableFrom": "2026-11-24",
        "webPoints": None,
    }
    assert answer.codes() == {f"{TRANSFER}.webPoints": code}
    assert answer.only_error()["message"] == MESSAGES[POS]


async def test_with_every_system_out_one_still_signs_in_asks_and_instructs(
    api: Api, legacy_systems: LegacySystems
) -> None:
    own = legacy_systems.hirosaki
    async with own.registry.fault("error"), own.pos.fault("error"), own.mailer.fault("error"):
        response = await api.post(SIGN_IN, coop="hirosaki", identifier="hirosaki-taro", password=PASSWORD)
        taro = Api(api.client, answer_in(response).data["signIn"]["token"], api.now)
        instructed = await tried(taro, TRANSFER, TAKEN_ON, **a_transfer())
        asked = await tried(taro, "submitInquiry", coop="hirosaki", topic="OTHER", body="質問です。")

    assert instructed.data[TRANSFER]["changeRequest"] == {"state": "RECEIVED"}
    assert (instructed.errors, asked.errors) == ([], [])
    assert_nothing_leaks(response, legacy_systems)
