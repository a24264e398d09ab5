"""申請の処理 (E20): what staff settle, what the POS has left to them, and where everything stands."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from gateway.schema.nodes import write_global_id
from gateway.store import Store, tables
from gateway.store.records import AccessLogQuery, ChangeRequestKind, ChangeRequestState
from gateway.viewer import StaffRole
from tests.api.asking import Api
from tests.api.doing import do, done, input_error, mails_to, refusal
from tests.api.opening import open_staff
from tests.api.walking import PAGE, refuses_wrong_pages, walked
from tests.running import NOW

TARO = "210100000001"
REQUEST = "changeRequest { kind state settledAt reason }"
LIST = f"""
query ($state: ChangeRequestState, $first: Int!, $after: String) {{
  changeRequests(state: $state, first: $first, after: $after) {{
    edges {{ cursor node {{ id memberNumber kind state requestedAt }} }} {PAGE}
  }}
}}
"""
CHANGE = ChangeRequestKind.PROFILE_CHANGE
SUSPENSION = ChangeRequestKind.PICO_SUSPENSION
NEEDS_ATTENTION = ChangeRequestState.NEEDS_ATTENTION


def row(number: int, kind: ChangeRequestKind, state: ChangeRequestState, **other: Any) -> Mapping[str, Any]:
    """A request of 太郎's; two of them have each time."""
    settled = state in {ChangeRequestState.DONE, ChangeRequestState.REJECTED}
    return {
        "request_id": UUID(int=number),
        "coop": "hirosaki",
        "member_number": TARO,
        "kind": kind,
        "state": state,
        "requested_at": NOW - timedelta(minutes=number // 2),
        "settled_at": NOW if settled else None,
        "details": {"name": "弘前 次郎"} if kind is CHANGE else {},
        **other,
    }


async def stand(store: Store, *rows: Mapping[str, Any]) -> None:
    """Writes requests into the journal as they stand after what has happened to them."""
    async with store.engine.begin() as connection:
        await connection.execute(sa.insert(tables.change_requests), list(rows))


async def one(store: Store, kind: ChangeRequestKind, state: ChangeRequestState, **other: Any) -> str:
    """The id of the one request there is."""
    await stand(store, row(1, kind, state, **other))
    return write_global_id("ChangeRequest", "hirosaki", TARO, str(UUID(int=1)))


async def test_a_change_of_the_profile_is_done(hirosaki_staff: Api, store: Store) -> None:
    """E20: the member is told by mail."""
    request = await one(store, CHANGE, ChangeRequestState.RECEIVED)

    payload = await done(
        hirosaki_staff, "settleChangeRequest", REQUEST, changeRequestId=request, settlement="DONE"
    )

    assert payload["changeRequest"] == {
        "kind": "PROFILE_CHANGE",
        "state": "DONE",
        "settledAt": "2026-11-20T12:00:00+09:00",
        "reason": None,
    }
    assert [mail.kind for mail in await mails_to(store, "hirosaki@example.jp")] == ["REQUEST_DONE"]


async def test_a_change_of_the_profile_is_rejected_with_a_reason(
    hirosaki_staff: Api, taro: Api, store: Store
) -> None:
    """E20: which the member reads on MyPage and in the mail."""
    account = await store.of("hirosaki").accounts.by_login_id("hirosaki-taro")
    assert account is not None
    asked_by = {"requested_by": account.account_id}
    request = await one(store, CHANGE, ChangeRequestState.RECEIVED, **asked_by)
    reason = "改姓の確認書類が必要です。"

    payload = await done(
        hirosaki_staff,
        "settleChangeRequest",
        REQUEST,
        changeRequestId=request,
        settlement="REJECTED",
        reason=f" {reason} ",
    )

    assert (payload["changeRequest"]["state"], payload["changeRequest"]["reason"]) == ("REJECTED", reason)
    own = await taro.data("{ viewer { member { changeRequests { edges { node { state reason } } } } } }")
    assert own["viewer"]["member"]["changeRequests"]["edges"] == [
        {"node": {"state": "REJECTED", "reason": reason}}
    ]
    (mail,) = await mails_to(store, "hirosaki@example.jp")
    assert (mail.kind, reason in mail.text) == ("REQUEST_REJECTED", True)


@pytest.mark.parametrize("reason", [None, "", " 　", "あ" * 301])
async def test_who_is_refused_is_told_why(hirosaki_staff: Api, store: Store, reason: str | None) -> None:
    """E20."""
    request = await one(store, CHANGE, ChangeRequestState.RECEIVED)

    error = await refusal(
        hirosaki_staff,
        "settleChangeRequest",
        changeRequestId=request,
        settlement="REJECTED",
        reason=reason,
    )

    message = "お断りの理由を300文字以内でご入力ください。組合員へお知らせします。"
    assert error == input_error("REASON_MISSING", message, "reason")


@pytest.mark.parametrize("state", [ChangeRequestState.DONE, ChangeRequestState.REJECTED])
@pytest.mark.parametrize("settlement", ["DONE", "REJECTED", "TRY_AGAIN"])
async def test_what_is_settled_stays_so(
    hirosaki_staff: Api, store: Store, state: ChangeRequestState, settlement: str
) -> None:
    """E20."""
    request = await one(store, CHANGE, state)

    error = await refusal(
        hirosaki_staff,
        "settleChangeRequest",
        changeRequestId=request,
        settlement=settlement,
        reason="理由",
        note="記録",
    )

    message = "この申請は2026年11月20日 12時00分に処理済みです。"
    assert error == input_error("NOT_SETTLEABLE", message, "settlement")


@pytest.mark.parametrize("state", [ChangeRequestState.RECEIVED, ChangeRequestState.IN_PROGRESS])
async def test_what_the_pos_carries_out_is_not_settled_by_hand(
    hirosaki_staff: Api, store: Store, state: ChangeRequestState
) -> None:
    request = await one(store, SUSPENSION, state, next_attempt_at=NOW)

    error = await refusal(
        hirosaki_staff, "settleChangeRequest", changeRequestId=request, settlement="DONE", note="記録"
    )

    message = "この申請は自動で処理中です。職員による処理は「要確認」の申請に限ります。"
    assert error == input_error("NOT_SETTLEABLE", message, "settlement")


async def test_a_change_of_the_profile_is_not_tried_again(hirosaki_staff: Api, store: Store) -> None:
    """There is no system that was asked."""
    request = await one(store, CHANGE, ChangeRequestState.RECEIVED)

    error = await refusal(
        hirosaki_staff, "settleChangeRequest", changeRequestId=request, settlement="TRY_AGAIN"
    )

    message = "この申請は職員が処理します。再実行はできません。"
    assert error == input_error("NOT_SETTLEABLE", message, "settlement")


async def test_what_needs_attention_is_tried_again(hirosaki_staff: Api, store: Store) -> None:
    request = await one(store, SUSPENSION, NEEDS_ATTENTION)

    payload = await done(
        hirosaki_staff, "settleChangeRequest", REQUEST, changeRequestId=request, settlement="TRY_AGAIN"
    )

    assert payload["changeRequest"] == {
        "kind": "PICO_SUSPENSION",
        "state": "IN_PROGRESS",
        "settledAt": None,
        "reason": None,
    }
    assert await mails_to(store, "hirosaki@example.jp") == []


@pytest.mark.parametrize(("settlement", "state"), [("DONE", "DONE"), ("REJECTED", "REJECTED")])
async def test_what_needs_attention_is_settled_by_hand_with_a_note(
    hirosaki_staff: Api, store: Store, settlement: str, state: str
) -> None:
    """The note is the auditors'."""
    request = await one(store, SUSPENSION, NEEDS_ATTENTION)

    payload = await done(
        hirosaki_staff,
        "settleChangeRequest",
        REQUEST,
        changeRequestId=request,
        settlement=settlement,
        reason="POSで確認できませんでした。",
        note="POS端末で照会、記録なし",
    )

    assert payload["changeRequest"]["state"] == state
    newest = (await store.of("hirosaki").access_log.page(AccessLogQuery(limit=1))).items[0]
    assert (newest.action.value, newest.member_number, newest.what, newest.reason) == (
        "CHANGE_SETTLED",
        TARO,
        ("PICO_SUSPENSION", settlement, str(UUID(int=1))),
        "POS端末で照会、記録なし",
    )


async def test_of_two_at_once_one_settles_it(hirosaki_staff: Api, store: Store) -> None:
    """E20: the member is told once."""
    request = await one(store, CHANGE, ChangeRequestState.RECEIVED)

    payloads = await asyncio.gather(
        *(
            do(hirosaki_staff, "settleChangeRequest", REQUEST, changeRequestId=request, settlement="DONE")
            for _ in range(2)
        )
    )

    codes = sorted(error["code"] for payload in payloads for error in payload["errors"])
    assert codes == ["NOT_SETTLEABLE"]
    assert len(await mails_to(store, "hirosaki@example.jp")) == 1


@pytest.mark.parametrize("note", [None, " ", "あ" * 301])
async def test_settling_by_hand_needs_a_note(hirosaki_staff: Api, store: Store, note: str | None) -> None:
    request = await one(store, SUSPENSION, NEEDS_ATTENTION)

    error = await refusal(
        hirosaki_staff, "settleChangeRequest", changeRequestId=request, settlement="DONE", note=note
    )

    message = "確認した内容を300文字以内で記録してください。"
    assert error == input_error("NOTE_MISSING", message, "note")


async def test_another_co_ops_request_is_not_found(hokkaido_staff: Api, store: Store) -> None:
    request = await one(store, CHANGE, ChangeRequestState.RECEIVED)
    disguised = write_global_id("ChangeRequest", "hokkaido", "10000001", str(UUID(int=1)))

    for wanted in (request, disguised, "x"):
        error = await refusal(
            hokkaido_staff, "settleChangeRequest", changeRequestId=wanted, settlement="DONE"
        )
        assert error == input_error("REQUEST_NOT_FOUND", "該当する申請がありません。", "changeRequestId")


async def test_the_office_alone_settles(api: Api, taro: Api, store: Store) -> None:
    """Other roles may not, nor the member, nor nobody."""
    request = await one(store, CHANGE, ChangeRequestState.RECEIVED)
    others = (StaffRole.DESK, StaffRole.STORE, StaffRole.AUDITOR, StaffRole.ADMINISTRATOR)
    await open_staff(store, "hirosaki", "all-others", *others)
    everybody_else = await api.signed_in("hirosaki", "all-others")
    operation = "mutation($input: SettleChangeRequestInput!) { settleChangeRequest(input: $input) { errors { code } } }"
    for viewer, code in ((everybody_else, "FORBIDDEN"), (taro, "FORBIDDEN"), (api, "UNAUTHENTICATED")):
        answer = await viewer.ask(operation, input={"changeRequestId": request, "settlement": "DONE"})
        assert answer.only_error()["extensions"]["code"] == code


STATES = (ChangeRequestState.RECEIVED, NEEDS_ATTENTION, ChangeRequestState.DONE)


@pytest.fixture
async def many(store: Store) -> None:
    """Nine requests of three states at Hirosaki, one at Hokkaido."""
    rows = [row(number, CHANGE, STATES[number % 3]) for number in range(1, 10)]
    elsewhere = row(100, CHANGE, ChangeRequestState.RECEIVED, coop="hokkaido", member_number="10000001")
    await stand(store, *rows, elsewhere)


@pytest.mark.usefixtures("many")
async def test_staff_see_every_request_of_their_co_op_newest_first(hirosaki_staff: Api) -> None:
    """E20."""
    whole = await walked(hirosaki_staff, LIST, "changeRequests", 100)

    assert [node["memberNumber"] for node in whole] == [TARO] * 9
    assert [node["requestedAt"] for node in whole] == sorted(
        (node["requestedAt"] for node in whole), reverse=True
    )
    for size in (2, 4):
        assert await walked(hirosaki_staff, LIST, "changeRequests", size) == whole
    waiting = await walked(hirosaki_staff, LIST, "changeRequests", 2, state="NEEDS_ATTENTION")
    assert waiting == [node for node in whole if node["state"] == "NEEDS_ATTENTION"]
    assert len(waiting) == 3


@pytest.mark.usefixtures("many")
async def test_wrong_cursors_and_page_sizes_are_bad_input(hirosaki_staff: Api) -> None:
    await refuses_wrong_pages(hirosaki_staff, LIST)


@pytest.mark.usefixtures("many")
async def test_the_list_is_for_desk_store_and_office(
    api: Api, taro: Api, register: Api, hokkaido_staff: Api, store: Store
) -> None:
    assert len(await walked(register, LIST, "changeRequests", 100)) == 9
    assert len(await walked(hokkaido_staff, LIST, "changeRequests", 100)) == 1
    await open_staff(store, "hirosaki", "others", StaffRole.AUDITOR, StaffRole.ADMINISTRATOR)
    for viewer in (taro, await api.signed_in("hirosaki", "others")):
        answer = await viewer.ask(LIST, first=1)
        assert answer.only_error()["extensions"]["code"] == "FORBIDDEN"
