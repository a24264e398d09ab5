"""出資金の返還 (E22, E24): membership ends, and with it everything that was opened for the member."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from adapters.records import MemberNumber
from gateway.accounts import Passwords, open_account
from gateway.store import Store, tables
from gateway.store.records import (
    AccessLogQuery,
    Account,
    AccountKind,
    AccountState,
    DigitalCardState,
    NewAccount,
)
from gateway.viewer import StaffRole
from tests.accounts.hashers import WEAK
from tests.api.asking import PASSWORD, SIGN_IN, Api
from tests.api.doing import GOOD_PASSWORD, done, input_error, mails_to, refusal
from tests.api.opening import open_staff
from tests.running import NOW, LegacySystems

ASAHIKAWA = "10000004"
"""旭川 恵子 of Hokkaido, who is leaving."""
TOWADA = "210100000007"
"""十和田 葵 of Hirosaki, likewise."""
OTARU = {
    "coop": "hokkaido",
    "memberNumber": "10000002",
    "birthDate": "1957-03-12",
    "phone": "09000001002",
    "acceptedTerms": "2020-04",
}
"""小樽 幸子, who has no account yet."""
SABURO = {
    "coop": "hirosaki",
    "memberNumber": "210100000005",
    "birthDate": "1994-07-15",
    "phone": "0172001005",
    "email": "saburo@example.jp",
    "acceptedTerms": "2020-03",
}
"""八甲田 三郎 of Hirosaki, likewise."""
REFUND = {"memberNumber": ASAHIKAWA, "refundedOn": "2026-11-20"}
MISTAKE = {"memberNumber": ASAHIKAWA, "reason": "別の組合員の返還でした。"}
RECORDED = "refundedOn recordedAt"
WITHDRAWN = {
    "code": "WITHDRAWN",
    "message": "出資金返還後はマイページの閲覧ができません。",
    "path": ["input"],
}


async def opened(store: Store, kind: AccountKind, login_id: str, email: str | None) -> Account:
    """An account of 十和田 葵's, or of the guardian."""
    passwords = Passwords(WEAK)
    new = NewAccount(
        kind,
        login_id,
        NOW,
        member_number=MemberNumber(TOWADA),
        email=email,
        email_verified=email is not None,
    )
    try:
        return await open_account(store.of("hirosaki"), passwords, new, PASSWORD)
    finally:
        passwords.close()


async def has_card(store: Store, number: str) -> None:
    """The member has activated the digital card."""
    row = {
        "coop": "hokkaido",
        "member_number": number,
        "state": DigitalCardState.ACTIVE,
        "activated_at": NOW,
    }
    async with store.engine.begin() as connection:
        await connection.execute(sa.insert(tables.digital_cards).values(row))


async def sign_in(api: Api, identifier: str, password: str = PASSWORD, coop: str = "hokkaido") -> Any:
    """The payload of signing in."""
    return (await api.data(SIGN_IN, coop=coop, identifier=identifier, password=password))["signIn"]


async def test_the_refund_ends_everything_at_once(api: Api, hokkaido_staff: Api, store: Store) -> None:
    """E22, E24: the session ends, the card is revoked, the member is told by mail."""
    await has_card(store, ASAHIKAWA)
    asahikawa = await api.signed_in("hokkaido", "asahikawa@example.jp")

    payload = await done(hokkaido_staff, "recordShareRefund", RECORDED, **REFUND)

    assert payload == {"refundedOn": "2026-11-20", "recordedAt": "2026-11-20T12:00:00+09:00"}
    assert await asahikawa.data("{ viewer { account { loginId } } }") == {"viewer": None}
    staffs_view = await hokkaido_staff.data(
        '{ member(number: "10000004") { shareRefundedOn digitalCard { state } } }'
    )
    assert staffs_view["member"] == {
        "shareRefundedOn": "2026-11-20",
        "digitalCard": {"state": "REVOKED"},
    }
    (mail,) = await mails_to(store, "asahikawa@example.jp")
    assert mail.kind == "MEMBERSHIP_ENDED"
    assert "デジタル組合員証アプリのアンインストールをお願いいたします。" in mail.text


async def test_who_has_the_password_is_told_that_the_membership_has_ended(
    api: Api, hokkaido_staff: Api
) -> None:
    """E22: everybody else is told what they are always told (E1)."""
    await done(hokkaido_staff, "recordShareRefund", **REFUND)

    right = await sign_in(api, "asahikawa@example.jp")
    wrong = await sign_in(api, "asahikawa@example.jp", "wrong password, really")

    assert (right["errors"], right["token"]) == ([WITHDRAWN], None)
    assert [error["code"] for error in wrong["errors"]] == ["INVALID_CREDENTIALS"]


async def test_a_former_member_may_ask_again_and_again(api: Api, hokkaido_staff: Api) -> None:
    """E22: a right password is no guess."""
    await done(hokkaido_staff, "recordShareRefund", **REFUND)

    for _ in range(8):
        assert (await sign_in(api, "asahikawa@example.jp"))["errors"] == [WITHDRAWN]


async def test_a_former_member_is_sent_no_new_password(api: Api, hokkaido_staff: Api, store: Store) -> None:
    """E22."""
    await done(hokkaido_staff, "recordShareRefund", **REFUND)

    await done(api, "requestPasswordReset", coop="hokkaido", identifier="asahikawa@example.jp")

    kinds = [mail.kind for mail in await mails_to(store, "asahikawa@example.jp")]
    assert kinds == ["MEMBERSHIP_ENDED"]


async def test_a_former_member_does_not_register_again(api: Api, hokkaido_staff: Api) -> None:
    """A27, E22: before the registry says so, too."""
    await done(hokkaido_staff, "recordShareRefund", **REFUND)

    error = await refusal(
        api,
        "startRegistration",
        coop="hokkaido",
        memberNumber=ASAHIKAWA,
        birthDate="1973-11-23",
        phone="0110001004",
        email="again@example.jp",
        password=GOOD_PASSWORD,
        acceptedTerms="2020-04",
    )

    assert error["code"] == "MEMBER_NOT_FOUND"


async def mailed_token(store: Store, address: str, kind: str) -> str:
    """The token of the one mail of a kind."""
    (mail,) = (mail for mail in await mails_to(store, address) if mail.kind == kind)
    return mail.token()


async def registered(api: Api, store: Store, login_id: str, **given: Any) -> None:
    """Somebody who has no account yet registers, in both steps."""
    await done(api, "startRegistration", **given, password=GOOD_PASSWORD)
    token = await mailed_token(store, given["email"], "REGISTRATION_LINK")
    second = {"token": token, "loginId": login_id, "password": GOOD_PASSWORD}
    await done(api, "confirmRegistration", coop=given["coop"], **second)


async def test_a_former_members_address_can_be_registered_with(
    api: Api, hokkaido_staff: Api, store: Store
) -> None:
    """E1, E22: whoever it belongs to opens the mailed URL; the former member's password opens nothing."""
    await done(hokkaido_staff, "recordShareRefund", **REFUND)
    address = "asahikawa@example.jp"

    await registered(api, store, address, **OTARU, email=address)

    otaru = await api.signed_in("hokkaido", address, GOOD_PASSWORD)
    own = await otaru.data("{ viewer { member { number } } }")
    assert own["viewer"]["member"]["number"] == OTARU["memberNumber"]
    former = await sign_in(api, address)
    assert [error["code"] for error in former["errors"]] == ["INVALID_CREDENTIALS"]


async def test_until_the_url_is_opened_the_address_is_the_former_members(
    api: Api, hokkaido_staff: Api, store: Store
) -> None:
    """E1, E22: who has only asked for it changes nothing, and learns nothing."""
    await done(hokkaido_staff, "recordShareRefund", **REFUND)

    former = await done(
        api, "startRegistration", "email", **OTARU, email="asahikawa@example.jp", password=GOOD_PASSWORD
    )

    assert former == {"email": "asahikawa@example.jp"}
    assert (await sign_in(api, "asahikawa@example.jp"))["errors"] == [WITHDRAWN]


async def test_a_member_can_move_to_a_former_members_address(
    api: Api, hokkaido_staff: Api, sapporo: Api, store: Store
) -> None:
    """A36, E1, E22."""
    await done(hokkaido_staff, "recordShareRefund", **REFUND)
    address = "asahikawa@example.jp"

    await done(sapporo, "changeEmail", password=PASSWORD, email=address)
    token = await mailed_token(store, address, "EMAIL_CONFIRMATION")
    await done(api, "confirmEmail", coop="hokkaido", token=token)

    moved = await api.signed_in("hokkaido", address)
    assert (await moved.data("{ viewer { member { number } } }"))["viewer"]["member"]["number"] == "10000001"


async def test_a_former_members_login_id_can_be_chosen(
    api: Api, hirosaki_staff: Api, taro: Api, store: Store
) -> None:
    """A22, A36, E22: by who registers, and then by nobody else."""
    await opened(store, AccountKind.MEMBER, "towada", "towada@example.jp")
    await done(hirosaki_staff, "recordShareRefund", memberNumber=TOWADA, refundedOn="2026-11-20")

    await registered(api, store, "towada", **SABURO, loginId="towada")

    saburo = await api.signed_in("hirosaki", "towada", GOOD_PASSWORD)
    own = await saburo.data("{ viewer { member { number } } }")
    assert own["viewer"]["member"]["number"] == SABURO["memberNumber"]
    error = await refusal(taro, "changeLoginId", password=PASSWORD, loginId="Towada")
    assert error["code"] == "LOGIN_ID_IN_USE"


async def test_member_and_guardian_lose_access_together(api: Api, hirosaki_staff: Api, store: Store) -> None:
    """E22, X13: both are told, each at their own address."""
    await opened(store, AccountKind.MEMBER, "towada", "towada@example.jp")
    await opened(store, AccountKind.GUARDIAN, "towada-parent", "parent@example.jp")
    sessions = [await api.signed_in("hirosaki", login_id) for login_id in ("towada", "towada-parent")]

    await done(hirosaki_staff, "recordShareRefund", memberNumber=TOWADA, refundedOn="2026-11-20")

    for person, login_id in zip(sessions, ("towada", "towada-parent"), strict=True):
        assert await person.data("{ viewer { account { loginId } } }") == {"viewer": None}
        assert (await sign_in(api, login_id, coop="hirosaki"))["errors"] == [WITHDRAWN]
    for address in ("towada@example.jp", "parent@example.jp"):
        assert [mail.kind for mail in await mails_to(store, address)] == ["MEMBERSHIP_ENDED"]


async def test_one_address_of_both_gets_one_mail(hirosaki_staff: Api, store: Store) -> None:
    await opened(store, AccountKind.MEMBER, "towada", "family@example.jp")
    await opened(store, AccountKind.GUARDIAN, "towada-parent", "family@example.jp")

    await done(hirosaki_staff, "recordShareRefund", memberNumber=TOWADA, refundedOn="2026-11-20")

    (mail,) = await mails_to(store, "family@example.jp")
    assert "アンインストール" not in mail.text


async def test_who_never_registered_is_recorded_as_well(api: Api, hirosaki_staff: Api) -> None:
    """E22: and their provisional credential is dead."""
    payload = await done(
        hirosaki_staff, "recordShareRefund", RECORDED, memberNumber=TOWADA, refundedOn="2026-11-20"
    )

    assert payload["refundedOn"] == "2026-11-20"
    outcome = await sign_in(api, TOWADA, "20030520", coop="hirosaki")
    assert [error["code"] for error in outcome["errors"]] == ["INVALID_CREDENTIALS"]


async def test_the_same_refund_again_is_answered_as_the_first_time(hokkaido_staff: Api, store: Store) -> None:
    """E22: one line in the log, one mail."""
    first = await done(hokkaido_staff, "recordShareRefund", RECORDED, **REFUND)
    again = await done(hokkaido_staff, "recordShareRefund", RECORDED, **REFUND)

    assert again == first
    log = await store.of("hokkaido").access_log.page(AccessLogQuery(limit=50))
    recorded = [entry for entry in log.items if entry.action.value == "SHARE_REFUND_RECORDED"]
    assert [(entry.member_number, entry.what) for entry in recorded] == [(ASAHIKAWA, ("2026-11-20",))]
    assert len(await mails_to(store, "asahikawa@example.jp")) == 1


async def test_a_refund_of_another_day_is_refused(hokkaido_staff: Api) -> None:
    await done(hokkaido_staff, "recordShareRefund", **REFUND)

    error = await refusal(hokkaido_staff, "recordShareRefund", **{**REFUND, "refundedOn": "2026-11-19"})

    message = "2026年11月20日の返還としてすでに記録されています。"
    assert error == input_error("REFUND_RECORDED", message, "refundedOn")


async def test_nothing_is_refunded_tomorrow(hokkaido_staff: Api) -> None:
    error = await refusal(hokkaido_staff, "recordShareRefund", **{**REFUND, "refundedOn": "2026-11-21"})

    message = "返還日は本日までの日付をご入力ください。返還後にご記録ください。"
    assert error == input_error("REFUND_DAY_REFUSED", message, "refundedOn")


async def test_nothing_is_refunded_before_the_notice(hokkaido_staff: Api) -> None:
    """E22: the message says when notice was given."""
    error = await refusal(hokkaido_staff, "recordShareRefund", **{**REFUND, "refundedOn": "1996-04-20"})

    assert (error["code"], error["path"]) == ("REFUND_DAY_REFUSED", ["input", "refundedOn"])
    assert error["message"].startswith("返還日は脱退の受付日（2026年")


@pytest.mark.parametrize("number", ["10000001", "10000003"])
async def test_who_is_not_leaving_stays(api: Api, hokkaido_staff: Api, number: str) -> None:
    """E22: 札幌 is a member, 函館 has not paid yet."""
    error = await refusal(hokkaido_staff, "recordShareRefund", **{**REFUND, "memberNumber": number})

    message = "脱退手続き中の組合員ではありません。台帳で脱退の受付をご確認のうえ、もう一度お手続きください。"
    assert error == input_error("NOT_LEAVING", message, "memberNumber")
    assert (await sign_in(api, "sapporo@example.jp"))["errors"] == []


@pytest.mark.parametrize(
    ("number", "code"), [("10009999", "MEMBER_NOT_FOUND"), ("210100000007", "BAD_INPUT")]
)
async def test_an_unknown_number_is_not_found(hokkaido_staff: Api, number: str, code: str) -> None:
    """Another co-op's number is none here."""
    error = await refusal(hokkaido_staff, "recordShareRefund", **{**REFUND, "memberNumber": number})

    assert (error["code"], error["path"]) == (code, ["input", "memberNumber"])


@pytest.fixture
async def administrator(api: Api, store: Store) -> Api:
    """A member of Hokkaido's staff who may put mistakes right."""
    await open_staff(store, "hokkaido", "administrator", StaffRole.ADMINISTRATOR)
    return await api.signed_in("hokkaido", "administrator")


async def state_of(store: Store, coop: str, number: str, kind: AccountKind) -> AccountState:
    """Of an account."""
    account = await store.of(coop).accounts.of_one(MemberNumber(number), kind)
    assert account is not None
    return account.state


async def test_a_refund_recorded_by_mistake_is_cancelled_and_everything_is_as_before(
    api: Api, hokkaido_staff: Api, administrator: Api, store: Store
) -> None:
    """E22, E24: the same password signs in, the card is good."""
    await has_card(store, ASAHIKAWA)
    await done(hokkaido_staff, "recordShareRefund", **REFUND)

    payload = await done(administrator, "cancelShareRefund", "refundedOn", **MISTAKE)

    assert payload == {"refundedOn": "2026-11-20"}
    asahikawa = await api.signed_in("hokkaido", "asahikawa@example.jp")
    own = await asahikawa.data("{ viewer { member { number digitalCard { state } } } }")
    assert own["viewer"]["member"] == {"number": ASAHIKAWA, "digitalCard": {"state": "ACTIVE"}}
    staffs_view = await hokkaido_staff.data('{ member(number: "10000004") { shareRefundedOn } }')
    assert staffs_view["member"] == {"shareRefundedOn": None}


async def test_sessions_from_before_the_refund_stay_ended(
    api: Api, hokkaido_staff: Api, administrator: Api
) -> None:
    """E22."""
    before = await api.signed_in("hokkaido", "asahikawa@example.jp")
    await done(hokkaido_staff, "recordShareRefund", **REFUND)
    await done(administrator, "cancelShareRefund", **MISTAKE)

    assert await before.data("{ viewer { account { loginId } } }") == {"viewer": None}


async def test_the_refund_can_be_recorded_anew_with_the_right_day(
    hokkaido_staff: Api, administrator: Api, store: Store
) -> None:
    """E22."""
    await done(hokkaido_staff, "recordShareRefund", **REFUND)
    await done(administrator, "cancelShareRefund", **MISTAKE)

    right = {**REFUND, "refundedOn": "2026-11-19"}

    assert (await done(hokkaido_staff, "recordShareRefund", RECORDED, **right))["refundedOn"] == "2026-11-19"
    assert await state_of(store, "hokkaido", ASAHIKAWA, AccountKind.MEMBER) is AccountState.CLOSED


async def test_the_access_log_says_who_cancelled_it_and_why(
    hokkaido_staff: Api, administrator: Api, store: Store
) -> None:
    """E26."""
    await done(hokkaido_staff, "recordShareRefund", **REFUND)
    await done(administrator, "cancelShareRefund", **MISTAKE)

    log = await store.of("hokkaido").access_log.page(AccessLogQuery(limit=50))
    (entry,) = (entry for entry in log.items if entry.action.value == "SHARE_REFUND_CANCELLED")
    account = await store.of("hokkaido").accounts.by_login_id("administrator")
    assert account is not None
    assert (entry.account_id, entry.member_number) == (account.account_id, ASAHIKAWA)
    assert (entry.what, entry.reason) == (("2026-11-20",), MISTAKE["reason"])


async def test_who_had_left_mypage_before_the_refund_stays_away(
    api: Api, hokkaido_staff: Api, administrator: Api, store: Store
) -> None:
    """A27, E14: also the card."""
    await has_card(store, ASAHIKAWA)
    asahikawa = await api.signed_in("hokkaido", "asahikawa@example.jp")
    await done(asahikawa, "leaveMyPage", password=PASSWORD)
    async with store.engine.begin() as connection:
        earlier = {"revoked_at": NOW - timedelta(days=1)}
        await connection.execute(sa.update(tables.digital_cards).values(earlier))
    await done(hokkaido_staff, "recordShareRefund", **REFUND)
    await done(administrator, "cancelShareRefund", **MISTAKE)

    assert await state_of(store, "hokkaido", ASAHIKAWA, AccountKind.MEMBER) is AccountState.CLOSED
    staffs_view = await hokkaido_staff.data('{ member(number: "10000004") { digitalCard { state } } }')
    assert staffs_view["member"] == {"digitalCard": {"state": "REVOKED"}}


async def test_who_had_not_registered_may_register_after_all(
    api: Api, hirosaki_staff: Api, store: Store
) -> None:
    """A13, E22."""
    await open_staff(store, "hirosaki", "administrator", StaffRole.ADMINISTRATOR)
    administrator = await api.signed_in("hirosaki", "administrator")
    provisional = (await sign_in(api, TOWADA, "20030520", coop="hirosaki"))["errors"]
    await done(hirosaki_staff, "recordShareRefund", memberNumber=TOWADA, refundedOn="2026-11-20")

    await done(administrator, "cancelShareRefund", **{**MISTAKE, "memberNumber": TOWADA})

    assert provisional == []
    assert (await sign_in(api, TOWADA, "20030520", coop="hirosaki"))["errors"] == []


async def test_whose_address_somebody_else_has_taken_registers_with_another(
    api: Api, hokkaido_staff: Api, administrator: Api, store: Store
) -> None:
    """A27, E1, E22: nobody loses what they sign in with."""
    await done(hokkaido_staff, "recordShareRefund", **REFUND)
    await registered(api, store, "asahikawa@example.jp", **OTARU, email="asahikawa@example.jp")

    await done(administrator, "cancelShareRefund", **MISTAKE)

    await api.signed_in("hokkaido", "asahikawa@example.jp", GOOD_PASSWORD)
    asahikawa = {**OTARU, "memberNumber": ASAHIKAWA, "birthDate": "1973-11-23", "phone": "0110001004"}
    await registered(api, store, "keiko@example.jp", **asahikawa, email="keiko@example.jp")
    keiko = await api.signed_in("hokkaido", "keiko@example.jp", GOOD_PASSWORD)
    assert (await keiko.data("{ viewer { member { number } } }"))["viewer"]["member"]["number"] == ASAHIKAWA


async def test_a_refund_that_is_not_on_record_is_not_cancelled(administrator: Api) -> None:
    """E22."""
    error = await refusal(administrator, "cancelShareRefund", **MISTAKE)

    message = "この組合員の返還は記録されていません。"
    assert error == input_error("REFUND_NOT_CANCELLABLE", message, "memberNumber")


async def test_whom_the_registry_has_let_go_stays_a_former_member(administrator: Api) -> None:
    """E22: 網走 has left."""
    error = await refusal(administrator, "cancelShareRefund", **{**MISTAKE, "memberNumber": "10000005"})

    message = "台帳で脱退済みの組合員です。台帳をご確認ください。"
    assert error == input_error("REFUND_NOT_CANCELLABLE", message, "memberNumber")


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
async def test_a_refund_is_cancelled_for_a_reason(administrator: Api, reason: str) -> None:
    error = await refusal(administrator, "cancelShareRefund", **{**MISTAKE, "reason": reason})

    message = "取り消す理由を300文字以内でご入力ください。"
    assert error == input_error("REASON_MISSING", message, "reason")


async def test_administrators_alone_cancel_it(api: Api, sapporo: Api, store: Store) -> None:
    others = (StaffRole.DESK, StaffRole.STORE, StaffRole.AUDITOR, StaffRole.OFFICE)
    await open_staff(store, "hokkaido", "all-others", *others)
    everybody_else = await api.signed_in("hokkaido", "all-others")
    operation = (
        "mutation ($input: CancelShareRefundInput!) { cancelShareRefund(input: $input) { refundedOn } }"
    )
    for viewer, code in ((everybody_else, "FORBIDDEN"), (sapporo, "FORBIDDEN"), (api, "UNAUTHENTICATED")):
        answer = await viewer.ask(operation, input=MISTAKE)
        assert answer.only_error()["extensions"]["code"] == code


async def test_while_the_registry_is_out_nothing_is_recorded(
    api: Api, hokkaido_staff: Api, legacy_systems: LegacySystems
) -> None:
    operation = (
        "mutation ($input: RecordShareRefundInput!) { recordShareRefund(input: $input) { refundedOn } }"
    )
    async with legacy_systems.hokkaido.registry.fault("error"):
        answer = await hokkaido_staff.ask(operation, input=REFUND)

    assert answer.only_error()["extensions"]["code"] == "SYSTEM_UNAVAILABLE"
    assert (await sign_in(api, "asahikawa@example.jp"))["errors"] == []


async def test_the_office_alone_records_it(api: Api, sapporo: Api, store: Store) -> None:
    others = (StaffRole.DESK, StaffRole.STORE, StaffRole.AUDITOR, StaffRole.ADMINISTRATOR)
    await open_staff(store, "hokkaido", "all-others", *others)
    everybody_else = await api.signed_in("hokkaido", "all-others")
    operation = (
        "mutation ($input: RecordShareRefundInput!) { recordShareRefund(input: $input) { refundedOn } }"
    )
    for viewer, code in ((everybody_else, "FORBIDDEN"), (sapporo, "FORBIDDEN"), (api, "UNAUTHENTICATED")):
        answer = await viewer.ask(operation, input=REFUND)
        assert answer.only_error()["extensions"]["code"] == code
