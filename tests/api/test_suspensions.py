"""電子マネー利用停止申請 before it is carried out: what is taken on, by whom, and what is shown at once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from gateway.settings import Settings
from gateway.store import Store, tables
from gateway.store.records import ChangeRequestKind, ChangeRequestState
from tests.api.asking import Api
from tests.api.doing import done, input_error, mails_to, refusal, tried
from tests.api.other_people import sign_in_as
from tests.api.own_gateway import changed_coops, running_gateway
from tests.running import NOW, LegacySystems

SUSPEND = "suspendPico"
SUSPENSION = "suspension { state since store { name } howToResume followUps }"
PAYLOAD = (
    "changeRequest { id kind state details { ... on PicoSuspensionDetails { store { name } } } } "
    + SUSPENSION
)
PICO = f"{{ viewer {{ member {{ pico {{ {SUSPENSION} }} }} }} }}"
REQUESTED = {
    "state": "REQUESTED",
    "since": "2026-11-20",
    "store": None,
    "howToResume": "利用再開には、店舗での手続きが必要です。",
    "followUps": ["ミールカードをご利用の方は、食堂店でお手続きください。"],
}
ALREADY = input_error("ALREADY_SUSPENDED", "電子マネーPicoはすでに利用停止中か、利用停止の手続き中です。")
TARO = "210100000001"


def wish(key: str | None = None) -> dict[str, Any]:
    """The input of a suspension, a new one unless a key is given."""
    return {"idempotencyKey": key or str(uuid4())}


async def own(api: Api) -> Any:
    """The suspension as the viewer's next query shows it."""
    return (await api.data(PICO))["viewer"]["member"]["pico"]["suspension"]


async def test_a_suspension_is_shown_from_the_moment_it_is_asked_for(taro: Api) -> None:
    """D1, D2, D4, X12: Pico only; the reply says what to do about the meal card."""
    payload = await done(taro, SUSPEND, PAYLOAD, **wish())

    assert {**payload["changeRequest"], "id": ""} == {
        "id": "",
        "kind": "PICO_SUSPENSION",
        "state": "RECEIVED",
        "details": {"store": None},
    }
    assert payload["suspension"] == REQUESTED
    assert await own(taro) == REQUESTED


async def test_who_has_no_meal_card_is_not_sent_to_the_dining_hall(api: Api) -> None:
    """D4, X12."""
    takasaki = await api.signed_in("hirosaki", "takasaki")

    payload = await done(takasaki, SUSPEND, PAYLOAD, **wish())

    assert payload["suspension"] == {**REQUESTED, "followUps": []}


async def test_the_mail_about_it_cannot_be_switched_off(taro: Api, store: Store) -> None:
    """D1: to the member, with what to do next."""
    await done(taro, "setAlerts", readyToCollect=False, lowBalanceBelow=None)

    await done(taro, SUSPEND, **wish())

    (mail,) = await mails_to(store, "hirosaki@example.jp")
    assert mail.kind == "SUSPENSION_RECEIVED"
    assert "利用再開には、店舗での手続きが必要です。" in mail.text
    assert "ミールカードをご利用の方は、食堂店でお手続きください。" in mail.text


async def test_it_is_taken_on_while_the_pos_is_closed_and_shown_although_it_cannot_be_asked(
    taro: Api, legacy_systems: LegacySystems
) -> None:
    """D1: a card is lost at night, when nothing is known of the meal card either (D4)."""
    async with legacy_systems.hirosaki.pos.fault("closed"):
        payload = await done(taro, SUSPEND, PAYLOAD, **wish())

        assert payload["changeRequest"]["state"] == "RECEIVED"
        assert payload["suspension"] == REQUESTED
        assert await refusal(taro, SUSPEND, **wish()) == ALREADY


async def test_it_is_taken_on_while_the_registry_is_down(taro: Api, legacy_systems: LegacySystems) -> None:
    """D1: whoever has an account is taken to be a member still."""
    async with legacy_systems.hirosaki.registry.fault("error"):
        payload = await done(taro, SUSPEND, PAYLOAD, **wish())

    assert payload["suspension"] == REQUESTED


async def test_the_same_key_gets_the_first_answer(taro: Api) -> None:
    same = wish()

    first = await done(taro, SUSPEND, PAYLOAD, **same)

    assert await done(taro, SUSPEND, PAYLOAD, **same) == first


async def test_one_request_sent_eight_times_at_once_is_one_request(taro: Api, store: Store) -> None:
    """D1: and one mail."""
    same = wish()

    sent = (done(taro, SUSPEND, "changeRequest { id }", **same) for _ in range(8))
    payloads = await asyncio.gather(*sent)

    assert len({payload["changeRequest"]["id"] for payload in payloads}) == 1
    assert len(await mails_to(store, "hirosaki@example.jp")) == 1


async def test_what_is_suspended_already_cannot_be_suspended_again(api: Api, taro: Api) -> None:
    """D1: neither what the POS has on its list nor what is on its way there."""
    shirakami = await api.signed_in("hirosaki", "shirakami")
    assert await refusal(shirakami, SUSPEND, **wish()) == ALREADY

    await done(taro, SUSPEND, **wish())
    assert await refusal(taro, SUSPEND, **wish()) == ALREADY


async def test_a_suspension_that_is_only_remembered_is_no_reason_to_refuse_one(
    api: Api, legacy_systems: LegacySystems
) -> None:
    """D1, D2: it may have ended in a store since the POS last answered."""
    shirakami = await api.signed_in("hirosaki", "shirakami")
    assert (await own(shirakami))["state"] == "IN_EFFECT"

    async with legacy_systems.hirosaki.pos.fault("error"):
        payload = await done(shirakami, SUSPEND, PAYLOAD, **wish())

    assert payload["changeRequest"]["state"] == "RECEIVED"


async def under_way(store: Store, member: str, *kinds: ChangeRequestKind) -> None:
    """These requests are under way, the first of them asked for first, by a store."""
    rows = [
        {
            "request_id": UUID(int=turn),
            "coop": "hirosaki",
            "member_number": member,
            "kind": kind,
            "state": ChangeRequestState.IN_PROGRESS,
            "requested_at": NOW,
            "details": {"store_code": "102"},
        }
        for turn, kind in enumerate(kinds)
    ]
    async with store.engine.begin() as connection:
        await connection.execute(sa.insert(tables.change_requests), rows)


async def test_a_resumption_under_way_ends_nothing_before_it_is_carried_out(api: Api, store: Store) -> None:
    """D2: and who has lost the card anew may suspend it anew."""
    await under_way(store, "210100000006", ChangeRequestKind.PICO_RESUMPTION)
    shirakami = await api.signed_in("hirosaki", "shirakami")

    assert (await own(shirakami))["state"] == "RESUMPTION_REQUESTED"
    payload = await done(shirakami, SUSPEND, PAYLOAD, **wish())

    assert payload["suspension"]["state"] == "REQUESTED"


async def test_a_suspension_asked_for_in_a_store_names_the_store(taro: Api, store: Store) -> None:
    """D3."""
    await under_way(store, TARO, ChangeRequestKind.PICO_SUSPENSION)

    assert await own(taro) == {**REQUESTED, "store": {"name": "FERIO"}}


async def test_a_resumption_of_what_is_not_suspended_changes_nothing(taro: Api, store: Store) -> None:
    """D2."""
    await under_way(store, TARO, ChangeRequestKind.PICO_RESUMPTION)

    assert await own(taro) is None


async def test_the_pos_that_does_not_answer_is_an_error_while_nothing_is_under_way(
    taro: Api, legacy_systems: LegacySystems
) -> None:
    """An outage is never shown as "not suspended"."""
    await taro.data("{ viewer { member { pico { prepaidBalance } } } }")

    async with legacy_systems.hirosaki.pos.fault("error"):
        answer = await taro.ask(PICO)

    assert answer.codes() == {"viewer.member.pico.suspension": "SYSTEM_UNAVAILABLE"}


async def test_a_guardian_cannot_suspend_unless_the_co_op_says_so(ichiro: Api, taro: Api) -> None:
    """X13: the answer says who can."""
    message = (
        "保護者の方からの利用停止はお受けしておりません。ご本人様がマイページまたは店舗でお手続きください。"
    )

    assert await refusal(ichiro, SUSPEND, **wish()) == input_error("NOT_OFFERED", message)
    assert await own(taro) is None
    data = await taro.data('{ coop(code: "hirosaki") { guardianMaySuspendPico } }')
    assert data["coop"]["guardianMaySuspendPico"] is False


@pytest.fixture
async def lenient(
    seeded_database: str, legacy_systems: LegacySystems, patient_coops_dir: Path, tmp_path: Path
) -> AsyncIterator[Api]:
    """A gateway where guardians may suspend; nobody is signed in."""
    no, yes = "guardian_may_suspend = false", "guardian_may_suspend = true"
    coops_dir = changed_coops(patient_coops_dir, tmp_path, no, yes)
    settings = Settings(database_url=SecretStr(seeded_database), coops_dir=coops_dir, deadline_seconds=30)
    async with running_gateway(settings) as api:
        yield api


async def test_a_guardian_suspends_where_the_co_op_lets_them(lenient: Api, store: Store) -> None:
    """X13, D1: it is the student's Pico; both are told by mail."""
    ichiro = await lenient.signed_in("hirosaki", "hirosaki-ichiro")
    taro = await lenient.signed_in("hirosaki", "hirosaki-taro")

    payload = await done(ichiro, SUSPEND, PAYLOAD, **wish())

    assert payload["suspension"] == REQUESTED
    assert await own(taro) == REQUESTED
    assert [mail.kind for mail in await mails_to(store, "hirosaki@example.jp")] == ["SUSPENSION_RECEIVED"]
    assert len(await mails_to(store, "hirosaki-ichiro@example.jp")) == 1
    data = await ichiro.data('{ coop(code: "hirosaki") { guardianMaySuspendPico } }')
    assert data["coop"]["guardianMaySuspendPico"] is True


async def test_a_guardian_from_whom_the_student_keeps_the_pages_suspends_nothing(lenient: Api) -> None:
    """X13."""
    taro = await lenient.signed_in("hirosaki", "hirosaki-taro")
    ichiro = await lenient.signed_in("hirosaki", "hirosaki-ichiro")
    await done(taro, "setGuardianSharing", shared=False)

    answer = await tried(ichiro, SUSPEND, **wish())

    assert (answer.data, answer.codes()) == (None, {SUSPEND: "FORBIDDEN"})
    assert await own(taro) is None


async def test_a_co_op_without_pico_does_not_offer_it(sapporo: Api) -> None:
    message = "この生協では、マイページからの電子マネーの利用停止は行っておりません。"

    assert await refusal(sapporo, SUSPEND, **wish()) == input_error("NOT_OFFERED", message)


async def test_staff_and_strangers_have_another_way_or_none(api: Api, hirosaki_staff: Api) -> None:
    """D3: staff name their store, in an operation of their own."""
    for who, code in ((api, "UNAUTHENTICATED"), (hirosaki_staff, "FORBIDDEN")):
        answer = await tried(who, SUSPEND, **wish())
        assert (answer.data, answer.codes()) == (None, {SUSPEND: code})


async def test_a_withdrawn_members_account_suspends_nothing(api: Api, store: Store) -> None:
    """E22."""
    kuroishi = await sign_in_as(api, store, "hirosaki", "210100000009")

    answer = await tried(kuroishi, SUSPEND, **wish())

    assert answer.codes() == {SUSPEND: "WITHDRAWN"}
