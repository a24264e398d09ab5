"""【変更する】 and leaving: A27, A36, E1, E2, E14, X13."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from adapters.records import MemberNumber
from gateway.accounts import (
    Attempt,
    Entrance,
    InvalidCredentials,
    SignedIn,
    sign_in,
    viewer_for,
    viewer_of,
)
from gateway.accounts.guardian_sharing import set_guardian_sharing
from gateway.accounts.leaving import leave_mypage
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.password_policy import PasswordFault
from gateway.accounts.refusals import (
    EmailRefused,
    LinkInvalid,
    LoginIdInUse,
    LoginIdRefused,
    NotOffered,
    PasswordRefused,
)
from gateway.accounts.self_service import (
    EmailChangeStarted,
    change_email,
    change_login_id,
    change_password,
    confirm_email,
)
from gateway.store import Store
from gateway.store.records import (
    AccessAction,
    Account,
    AccountState,
    DigitalCardState,
    GuardianSharing,
    MailKind,
    NewAccount,
    SessionPurpose,
)
from gateway.store.tables import digital_cards
from gateway.viewer import Anonymous, GuardianViewer, LimitedViewer, MemberViewer, SignedInViewer
from tests.accounts.applicants import NEW_PASSWORD
from tests.accounts.clocks import MovableClock
from tests.accounts.mailbox import addressed, last_mail, the_mail
from tests.accounts.people import (
    ICHIRO,
    NUMBER,
    PASSWORD,
    PHONE,
    SACHIKO,
    TARO,
    log_of,
    opened,
    present,
    signed_in,
)
from tests.running import NOW

DAY = timedelta(hours=24)


async def here(entrance: Entrance, new: NewAccount = TARO) -> tuple[Account, SignedInViewer]:
    """An account and a session of it."""
    account = await opened(entrance, new)
    return account, viewer_for(account, (await signed_in(entrance, new)).session.session_id)


async def test_a_new_password_ends_the_other_sessions_and_is_announced(
    entrance: Entrance, store: Store
) -> None:
    """A36, ASVS 7.4.3."""
    account, viewer = await here(entrance)
    elsewhere = await signed_in(entrance)
    assert await change_password(entrance, viewer, PASSWORD, NEW_PASSWORD, PHONE) == account
    assert await viewer_of(store, elsewhere.token, entrance.clock) == Anonymous()
    left = (await entrance.store.sessions.of_accounts([account.account_id], NOW))[account.account_id]
    assert [session.session_id for session in left] == [viewer.session_id]
    assert isinstance(await sign_in(entrance, Attempt(TARO.login_id, NEW_PASSWORD, PHONE)), SignedIn)
    assert await sign_in(entrance, Attempt(TARO.login_id, PASSWORD, PHONE)) == InvalidCredentials()
    assert await addressed(store) == [(MailKind.PASSWORD_CHANGED, "taro@example.jp")]
    assert AccessAction.PASSWORD_CHANGED in [line.action for line in await log_of(entrance.store)]


@pytest.mark.parametrize("current", ["wrong", "", None])
async def test_nothing_changes_without_the_current_password(
    entrance: Entrance, store: Store, current: str | None
) -> None:
    """A36, ASVS 6.2.3, 7.5.1."""
    account, viewer = await here(entrance)
    assert isinstance(viewer, MemberViewer)
    wrong = current or ""
    outcomes = [
        await change_password(entrance, viewer, current, NEW_PASSWORD, PHONE),
        await change_login_id(entrance, viewer, wrong, "taro-new", PHONE),
        await change_email(entrance, viewer, wrong, "new@example.jp", PHONE),
        await leave_mypage(entrance, viewer, wrong, PHONE),
    ]
    assert outcomes[:3] == [InvalidCredentials()] * 3
    assert isinstance(outcomes[3], InvalidCredentials | TooManyAttempts)
    assert await present(entrance, account) == account
    assert await addressed(store) == []


async def test_a_weak_new_password_is_refused_with_the_reason(entrance: Entrance) -> None:
    _, viewer = await here(entrance)
    outcome = await change_password(entrance, viewer, PASSWORD, "hirosaki-taro-1", PHONE)
    assert isinstance(outcome, PasswordRefused)
    assert outcome.faults == (PasswordFault.OWN_WORDS,)
    assert "推測できる" in outcome.message


async def test_a_session_for_registering_changes_no_password(entrance: Entrance) -> None:
    account, viewer = await here(entrance)
    ids = (account.coop_code, account.account_id, viewer.session_id)
    limited = LimitedViewer(*ids, SessionPurpose.REGISTER, account.kind, account.member_number)
    outcome = await change_password(entrance, limited, PASSWORD, NEW_PASSWORD, PHONE)
    assert outcome == InvalidCredentials()


async def test_a_new_login_id_holds_at_once(entrance: Entrance, store: Store) -> None:
    """A36."""
    _, viewer = await here(entrance)
    renamed = await change_login_id(entrance, viewer, PASSWORD, "taro-new", PHONE)
    assert isinstance(renamed, Account)
    assert isinstance(await sign_in(entrance, Attempt("TARO-NEW", PASSWORD, PHONE)), SignedIn)
    assert await sign_in(entrance, Attempt(TARO.login_id, PASSWORD, PHONE)) == InvalidCredentials()
    assert (await the_mail(store, MailKind.LOGIN_ID_CHANGED)).fact("新しいログインID") == "taro-new"


@pytest.mark.parametrize(
    ("login_id", "told"),
    [("210100000009", LoginIdRefused()), ("HIROSAKI-ICHIRO", LoginIdInUse()), ("x", LoginIdRefused())],
)
async def test_a_login_id_of_others_or_an_odd_one_is_refused(
    entrance: Entrance, login_id: str, told: object
) -> None:
    account, viewer = await here(entrance)
    await opened(entrance, ICHIRO)
    assert await change_login_id(entrance, viewer, PASSWORD, login_id, PHONE) == told
    assert await present(entrance, account) == account


async def test_where_the_address_is_the_id_there_is_no_other_to_change(hokkaido: Entrance) -> None:
    """E1."""
    _, viewer = await here(hokkaido, SACHIKO)
    assert isinstance(await change_login_id(hokkaido, viewer, PASSWORD, "sachiko", PHONE), NotOffered)


async def test_a_new_address_is_confirmed_at_the_new_one_and_announced_to_the_old_one(
    entrance: Entrance, store: Store, clock: MovableClock
) -> None:
    """A36."""
    account, viewer = await here(entrance)
    outcome = await change_email(entrance, viewer, PASSWORD, "ｎｅｗ@example.jp", PHONE)
    assert outcome == EmailChangeStarted("new@example.jp", NOW + DAY)
    assert await addressed(store) == [
        (MailKind.EMAIL_CHANGE_ANNOUNCED, "taro@example.jp"),
        (MailKind.EMAIL_CONFIRMATION, "new@example.jp"),
    ]
    assert await present(entrance, account) == account
    clock.advance(timedelta(minutes=1))
    token = (await the_mail(store, MailKind.EMAIL_CONFIRMATION)).token
    changed = await confirm_email(entrance, token, PHONE)
    assert isinstance(changed, Account)
    assert (changed.email, changed.email_verified) == ("new@example.jp", True)
    assert changed.login_id == TARO.login_id
    assert (await the_mail(store, MailKind.EMAIL_CHANGED)).recipient == "taro@example.jp"
    assert (await log_of(entrance.store))[0].action is AccessAction.EMAIL_CHANGED
    assert await confirm_email(entrance, token, PHONE) == LinkInvalid()


async def test_where_one_signs_in_by_e_mail_the_new_address_is_the_new_id(
    hokkaido: Entrance, store: Store
) -> None:
    """E1."""
    _, viewer = await here(hokkaido, SACHIKO)
    await change_email(hokkaido, viewer, PASSWORD, "new@example.jp", PHONE)
    token = (await the_mail(store, MailKind.EMAIL_CONFIRMATION)).token
    assert isinstance(await confirm_email(hokkaido, token, PHONE), Account)
    assert isinstance(await sign_in(hokkaido, Attempt("new@example.jp", PASSWORD, PHONE)), SignedIn)
    assert await sign_in(hokkaido, Attempt("sachiko@example.jp", PASSWORD, PHONE)) == InvalidCredentials()


async def test_nobody_learns_whether_an_address_is_somebodys_id(hokkaido: Entrance, store: Store) -> None:
    """E1."""
    _, viewer = await here(hokkaido, SACHIKO)
    other = replace(SACHIKO, login_id="other@example.jp", member_number=MemberNumber("10000009"))
    await opened(hokkaido, other)
    outcome = await change_email(hokkaido, viewer, PASSWORD, "other@example.jp", PHONE)
    assert outcome == EmailChangeStarted("other@example.jp", NOW + DAY)
    assert await addressed(store) == [
        (MailKind.EMAIL_CHANGE_ANNOUNCED, "sachiko@example.jp"),
        (MailKind.REGISTRATION_ATTEMPTED, "other@example.jp"),
    ]


async def test_the_same_address_again_is_another_link_for_who_lost_the_first(
    entrance: Entrance, store: Store, clock: MovableClock
) -> None:
    """X4."""
    _, viewer = await here(entrance, replace(TARO, email_verified=False))
    await change_email(entrance, viewer, PASSWORD, "taro@example.jp", PHONE)
    first = (await the_mail(store, MailKind.EMAIL_CONFIRMATION)).token
    clock.advance(timedelta(minutes=1))
    await change_email(entrance, viewer, PASSWORD, "taro@example.jp", PHONE)
    assert await confirm_email(entrance, first, PHONE) == LinkInvalid()
    second = (await last_mail(store, MailKind.EMAIL_CONFIRMATION)).token
    assert isinstance(await confirm_email(entrance, second, PHONE), Account)
    assert {recipient for _, recipient in await addressed(store)} == {"taro@example.jp"}


async def test_what_is_no_address_is_refused(entrance: Entrance) -> None:
    _, viewer = await here(entrance)
    assert await change_email(entrance, viewer, PASSWORD, "taro at example", PHONE) == EmailRefused()


async def test_who_leaves_is_gone_with_sessions_and_digital_card(hokkaido: Entrance, store: Store) -> None:
    """A27, E14, E24."""
    account, viewer = await here(hokkaido, SACHIKO)
    assert isinstance(viewer, MemberViewer)
    elsewhere = await signed_in(hokkaido, SACHIKO)
    card = {"coop": "hokkaido", "member_number": viewer.member_number, "state": DigitalCardState.ACTIVE}
    async with store.engine.begin() as connection:
        await connection.execute(sa.insert(digital_cards).values(card | {"activated_at": NOW}))
    closed = await leave_mypage(hokkaido, viewer, PASSWORD, PHONE)
    assert isinstance(closed, Account)
    assert closed == replace(account, state=AccountState.CLOSED)
    assert await viewer_of(store, elsewhere.token, hokkaido.clock) == Anonymous()
    assert await sign_in(hokkaido, Attempt(SACHIKO.login_id, PASSWORD, PHONE)) == InvalidCredentials()
    kept = (await hokkaido.store.digital_cards.of_members([viewer.member_number]))[viewer.member_number]
    assert kept is not None
    assert (kept.state, kept.revoked_at) == (DigitalCardState.REVOKED, NOW)
    mail = await the_mail(store, MailKind.LEFT)
    assert mail.recipient == "sachiko@example.jp"
    assert "アンインストール" in mail.text


async def test_links_that_were_mailed_before_leaving_open_nothing(hokkaido: Entrance, store: Store) -> None:
    """A27."""
    _, viewer = await here(hokkaido, SACHIKO)
    assert isinstance(viewer, MemberViewer)
    await change_email(hokkaido, viewer, PASSWORD, "new@example.jp", PHONE)
    await leave_mypage(hokkaido, viewer, PASSWORD, PHONE)
    token = (await the_mail(store, MailKind.EMAIL_CONFIRMATION)).token
    assert await confirm_email(hokkaido, token, PHONE) == LinkInvalid()


async def test_a_guardian_leaves_without_the_student(entrance: Entrance) -> None:
    """A16."""
    student = await opened(entrance)
    _, viewer = await here(entrance, ICHIRO)
    assert isinstance(viewer, GuardianViewer)
    assert isinstance(await leave_mypage(entrance, viewer, PASSWORD, PHONE), Account)
    assert (await present(entrance, student)).state is AccountState.REGISTERED


async def test_the_student_revokes_and_restores_what_the_guardian_sees(entrance: Entrance) -> None:
    """X13."""
    _, viewer = await here(entrance)
    assert isinstance(viewer, MemberViewer)
    for shared in (False, True):
        expected = GuardianSharing(NUMBER, shared=shared, changed_at=NOW)
        assert await set_guardian_sharing(entrance, viewer, shared, PHONE) == expected
        assert await entrance.store.preferences.guardian_sharing([NUMBER]) == {NUMBER: expected}
    lines = [line for line in await log_of(entrance.store) if line.action is AccessAction.SHARING_CHANGED]
    assert [line.what for line in lines] == [("SHARED",), ("NOT_SHARED",)]
