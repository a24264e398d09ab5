"""What staff do for members, and inquiries: A7, A33–A35, D10, E2, E10, E11, A23."""

from dataclasses import replace
from uuid import uuid4

import pytest

from adapters.records import MemberNumber, MemberStatus
from gateway.accounts import Attempt, Entrance, SignedIn, sign_in, viewer_for
from gateway.accounts.disclosure import (
    IdentityCheck,
    IdentityCheckMethod,
    change_account_email,
    disclose_login,
)
from gateway.accounts.inquiries import NewInquiry, submit_inquiry
from gateway.accounts.mail_dispatches import resend_mail
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.refusals import (
    AccountNotFound,
    EmailInUse,
    EmailRefused,
    IdentityCheckMissing,
    InquiryRefused,
    MailNotResendable,
    MemberNotFound,
)
from gateway.accounts.share_payments import SharePaymentConfirmed, confirm_share_payment
from gateway.accounts.whose import AccountOf
from gateway.store import Store
from gateway.store.records import (
    AccessAction,
    Account,
    Inquiry,
    InquiryState,
    InquiryTopic,
    MailKind,
    MailState,
    SharePayment,
)
from gateway.viewer import AccountKind, GuardianViewer, MemberViewer, StaffViewer
from tests.accounts.applicants import SACHIKO, SHO
from tests.accounts.mailbox import addressed, the_mail
from tests.accounts.people import (
    ELSEWHERE,
    ICHIRO,
    NUMBER,
    PASSWORD,
    PHONE,
    STAFF,
    TARO,
    log_of,
    opened,
    present,
    signed_in,
)
from tests.accounts.registries import ListedMembers
from tests.running import NOW

CALLED_BACK = IdentityCheck(IdentityCheckMethod.PHONE_CALLBACK, "登録の電話番号に折り返し、生年月日を確認")
TAROS = AccountOf(NUMBER, AccountKind.MEMBER)


async def staff_of(entrance: Entrance) -> StaffViewer:
    """A member of staff who is signed in."""
    account = await opened(entrance, STAFF)
    viewer = viewer_for(account, (await signed_in(entrance, STAFF)).session.session_id)
    assert isinstance(viewer, StaffViewer)
    return viewer


async def test_id_and_address_are_disclosed_once_it_is_on_record_who_asked(entrance: Entrance) -> None:
    """A33, E2."""
    account, by = await opened(entrance), await staff_of(entrance)
    assert await disclose_login(entrance, by, TAROS, CALLED_BACK, PHONE) == account
    line = (await log_of(entrance.store))[0]
    assert (line.action, line.account_id, line.session_id) == (
        AccessAction.IDENTITY_CHECK,
        by.account_id,
        by.session_id,
    )
    assert (line.member_number, line.what) == (NUMBER, ("LOGIN_DISCLOSED", "MEMBER", "PHONE_CALLBACK"))
    assert line.reason == CALLED_BACK.note


@pytest.mark.parametrize("note", ["", " 　\n", "あ" * 301])
async def test_without_a_record_of_the_check_nothing_is_disclosed_or_changed(
    entrance: Entrance, note: str
) -> None:
    """A33, E2."""
    account, by = await opened(entrance), await staff_of(entrance)
    check = replace(CALLED_BACK, note=note)
    assert await disclose_login(entrance, by, TAROS, check, PHONE) == IdentityCheckMissing()
    outcome = await change_account_email(entrance, by, TAROS, "new@example.jp", check, PHONE)
    assert outcome == IdentityCheckMissing()
    assert await present(entrance, account) == account


async def test_who_has_no_account_is_told_to_staff(entrance: Entrance) -> None:
    by = await staff_of(entrance)
    guardian = AccountOf(NUMBER, AccountKind.GUARDIAN)
    assert await disclose_login(entrance, by, guardian, CALLED_BACK, PHONE) == AccountNotFound()
    outcome = await change_account_email(entrance, by, guardian, "new@example.jp", CALLED_BACK, PHONE)
    assert outcome == AccountNotFound()


async def test_a_new_address_by_staff_is_announced_to_both_with_the_login_id_to_the_new_one(
    entrance: Entrance, store: Store
) -> None:
    """A35."""
    by = await staff_of(entrance)
    await opened(entrance)
    changed = await change_account_email(entrance, by, TAROS, "new@example.jp", CALLED_BACK, PHONE)
    assert isinstance(changed, Account)
    assert (changed.email, changed.email_verified) == ("new@example.jp", True)
    assert await addressed(store) == [
        (MailKind.EMAIL_CHANGED, "taro@example.jp"),
        (MailKind.EMAIL_CHANGED_BY_STAFF, "new@example.jp"),
    ]
    told = await the_mail(store, MailKind.EMAIL_CHANGED_BY_STAFF)
    assert told.fact("ログインID") == "hirosaki-taro"
    assert [line.action for line in (await log_of(entrance.store))[:2]] == [
        AccessAction.EMAIL_CHANGED,
        AccessAction.IDENTITY_CHECK,
    ]


async def test_where_the_address_is_the_id_staff_change_both_and_hear_when_it_is_taken(
    hokkaido: Entrance,
) -> None:
    """E1, E2."""
    by = await staff_of(hokkaido)
    for name, number in (("sachiko", "10000002"), ("other", "10000009")):
        new = replace(TARO, login_id=f"{name}@example.jp", member_number=MemberNumber(number))
        await opened(hokkaido, new)
    whose = AccountOf(MemberNumber("10000002"), AccountKind.MEMBER)
    taken = await change_account_email(hokkaido, by, whose, "other@example.jp", CALLED_BACK, PHONE)
    assert taken == EmailInUse()
    odd = await change_account_email(hokkaido, by, whose, "other", CALLED_BACK, PHONE)
    assert odd == EmailRefused()
    await change_account_email(hokkaido, by, whose, "new@example.jp", CALLED_BACK, PHONE)
    assert isinstance(await sign_in(hokkaido, Attempt("new@example.jp", PASSWORD, PHONE)), SignedIn)


async def test_a_confirmed_payment_invites_the_member_once(hokkaido: Entrance, store: Store) -> None:
    """E10, E11."""
    assert isinstance(hokkaido.registry, ListedMembers)
    hokkaido.registry.people.append(SHO)
    by = await staff_of(hokkaido)
    confirmed = SharePaymentConfirmed(SharePayment(SHO.number, NOW, by.account_id), invited=True)
    for _ in range(2):
        assert await confirm_share_payment(hokkaido, by, SHO.number, PHONE) == confirmed
    assert await addressed(store) == [(MailKind.INVITATION, "hakodate@example.jp")]
    lines = [line.action for line in await log_of(hokkaido.store)]
    assert lines.count(AccessAction.SHARE_PAYMENT_CONFIRMED) == 1


async def test_who_has_no_address_in_the_registry_is_invited_by_post(
    hokkaido: Entrance, store: Store
) -> None:
    assert isinstance(hokkaido.registry, ListedMembers)
    hokkaido.registry.people.append(replace(SHO, email=None))
    outcome = await confirm_share_payment(hokkaido, await staff_of(hokkaido), SHO.number, PHONE)
    assert isinstance(outcome, SharePaymentConfirmed)
    assert not outcome.invited
    assert await addressed(store) == []


async def test_no_payment_is_confirmed_of_who_is_unknown_or_gone(hokkaido: Entrance) -> None:
    assert isinstance(hokkaido.registry, ListedMembers)
    hokkaido.registry.people.append(replace(SACHIKO, status=MemberStatus.WITHDRAWN))
    by = await staff_of(hokkaido)
    for number in (SACHIKO.number, SHO.number):
        assert await confirm_share_payment(hokkaido, by, number, PHONE) == MemberNotFound()


NUMBER_UNKNOWN = NewInquiry(InquiryTopic.MEMBER_NUMBER, " 番号がわかりません。\n", "me@example.jp")


async def test_anybody_inquires_without_signing_in(entrance: Entrance, store: Store) -> None:
    """A7."""
    new = replace(NUMBER_UNKNOWN, claimed_number=NUMBER)
    inquiry = await submit_inquiry(entrance, None, new, PHONE)
    assert isinstance(inquiry, Inquiry)
    assert (inquiry.topic, inquiry.state) == (InquiryTopic.MEMBER_NUMBER, InquiryState.OPEN)
    assert (inquiry.body, inquiry.sent_at) == ("番号がわかりません。", NOW)
    assert (inquiry.reply_to, inquiry.claimed_number) == ("me@example.jp", NUMBER)
    assert inquiry.member_number is None
    mail = await the_mail(store, MailKind.INQUIRY_RECEIVED)
    assert mail.recipient == "me@example.jp"
    assert "番号がわかりません" not in mail.text
    found = await entrance.store.requests.inquiries_of_all(InquiryState.OPEN, 10, None)
    assert found.items == [inquiry]


async def test_a_members_inquiry_stands_under_their_number_and_a_guardians_does_not(
    entrance: Entrance, store: Store
) -> None:
    """D10, A16: the student does not read what the guardian asks."""
    student, guardian = await opened(entrance), await opened(entrance, ICHIRO)
    new = NewInquiry(InquiryTopic.OTHER, "質問があります。")
    session = (await signed_in(entrance)).session.session_id
    theirs = await submit_inquiry(
        entrance, MemberViewer("hirosaki", student.account_id, session, NUMBER), new, PHONE
    )
    assert isinstance(theirs, Inquiry)
    assert (theirs.member_number, theirs.claimed_number) == (NUMBER, None)
    session = (await signed_in(entrance, ICHIRO)).session.session_id
    parents = await submit_inquiry(
        entrance, GuardianViewer("hirosaki", guardian.account_id, session, NUMBER), new, PHONE
    )
    assert isinstance(parents, Inquiry)
    assert (parents.member_number, parents.claimed_number) == (None, NUMBER)
    assert await addressed(store) == [(MailKind.INQUIRY_RECEIVED, "taro@example.jp")]


@pytest.mark.parametrize("body", ["", " \n　", "あ" * 2001])
async def test_an_inquiry_says_something_and_not_too_much(entrance: Entrance, body: str) -> None:
    outcome = await submit_inquiry(entrance, None, replace(NUMBER_UNKNOWN, body=body), PHONE)
    assert isinstance(outcome, InquiryRefused)


@pytest.mark.parametrize("reply_to", [None, "", "me"])
async def test_who_is_not_signed_in_says_where_to_answer(entrance: Entrance, reply_to: str | None) -> None:
    new = replace(NUMBER_UNKNOWN, reply_to=reply_to)
    assert await submit_inquiry(entrance, None, new, PHONE) == EmailRefused()


async def test_inquiries_are_throttled_by_where_they_come_from(entrance: Entrance) -> None:
    outcomes = []
    for index in range(6):
        new = replace(NUMBER_UNKNOWN, reply_to=f"me-{index}@example.jp")
        outcomes.append(type(await submit_inquiry(entrance, None, new, PHONE)))
    assert outcomes == [Inquiry] * 5 + [TooManyAttempts]
    assert isinstance(await submit_inquiry(entrance, None, NUMBER_UNKNOWN, ELSEWHERE), Inquiry)


async def test_a_mail_that_left_is_sent_again_on_request_and_one_with_a_secret_never(
    entrance: Entrance, store: Store
) -> None:
    """A23."""
    by = await staff_of(entrance)
    await opened(entrance)
    await change_account_email(entrance, by, TAROS, "new@example.jp", CALLED_BACK, PHONE)
    async with entrance.store.transaction() as within:
        queued = await within.outbox.take(NOW)
        assert queued is not None
    mail_id = queued.mail.mail_id
    assert await resend_mail(entrance, by, mail_id, PHONE) == MailNotResendable()
    await entrance.store.outbox.settle(mail_id, MailState.SENT, NOW)
    again = await resend_mail(entrance, by, mail_id, PHONE)
    assert not isinstance(again, MailNotResendable)
    assert again.mail_id != mail_id
    assert (again.state, again.attempts, again.recipient) == (
        MailState.QUEUED,
        0,
        f"{queued.mail.recipient[0]}***@example.jp",
    )
    assert await resend_mail(entrance, by, uuid4(), PHONE) == MailNotResendable()
