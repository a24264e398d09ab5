"""Every flow to its end: from the real registry over the outbox, worker and mailer to an SMTP server (A23, A24)."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from adapters.records import MemberNumber
from gateway.accounts import Attempt, Entrance, SignedIn, sign_in, viewer_for
from gateway.accounts.disclosure import IdentityCheck, IdentityCheckMethod, change_account_email
from gateway.accounts.inquiries import NewInquiry, submit_inquiry
from gateway.accounts.leaving import leave_mypage
from gateway.accounts.provisional_registration import (
    SentTestMail,
    complete_registration,
    send_test_mail,
)
from gateway.accounts.recovery import request_login_id_reminder, request_password_reset, reset_password
from gateway.accounts.refusals import MemberNotFound, NotAMemberYet, ProvisionalSignInRequired
from gateway.accounts.registration import (
    ConfirmRegistration,
    RegistrationStarted,
    StartRegistration,
    confirm_registration,
    start_registration,
)
from gateway.accounts.self_service import change_email, change_password, confirm_email
from gateway.accounts.share_payments import SharePaymentConfirmed, confirm_share_payment
from gateway.accounts.sign_up import SignUp
from gateway.accounts.whose import AccountOf
from gateway.context import House
from gateway.settings import Settings
from gateway.store.records import Account, InquiryTopic, MailKind, MailState, NewAccount
from gateway.store.tables import outbox_mail
from gateway.viewer import AccountKind, LimitedViewer, MemberViewer, StaffViewer
from gateway.wiring import open_house
from gateway.worker import Worker
from tests.accounts.applicants import NEW_PASSWORD
from tests.accounts.mailbox import Queued
from tests.accounts.people import PASSWORD, PHONE, STAFF, TARO, opened, signed_in
from tests.running import NOW, LegacySystems, fixed_clock
from tests.running.eventually import eventually

WITHIN_A_MINUTE = 60
SABURO = StartRegistration(
    MemberNumber("210100000005"),
    AccountKind.MEMBER,
    date(1994, 7, 15),
    "0172-00-1005",
    SignUp("saburo-h", NEW_PASSWORD, "saburo@example.jp", "2020-03"),
)
ICHIRO = NewAccount(
    AccountKind.MEMBER,
    "sapporo@example.jp",
    registered_at=NOW,
    member_number=MemberNumber("10000001"),
    email="sapporo@example.jp",
    email_verified=True,
)


@pytest.fixture
async def house(gateway_database: str, legacy_systems: LegacySystems) -> AsyncIterator[House]:
    """The gateway's own parts over an empty database, connected to the simulated systems."""
    await legacy_systems.postbox.empty()
    settings = Settings(database_url=SecretStr(gateway_database))
    async with open_house(settings, os.environ) as house, working(house):
        yield house


@asynccontextmanager
async def working(house: House) -> AsyncIterator[None]:
    """A worker in this process."""
    mailers = {code: systems.mailer for code, systems in house.systems.items()}
    stop = asyncio.Event()
    worker = Worker(house.store, mailers, {}, house.coops, house.vault, fixed_clock)
    running = asyncio.create_task(worker.run(stop))
    try:
        yield
    finally:
        stop.set()
        await running


@pytest.fixture
def entrance(house: House) -> Entrance:
    return house.entrance("hirosaki", fixed_clock)


@pytest.fixture
def hokkaido(house: House) -> Entrance:
    return house.entrance("hokkaido", fixed_clock)


async def arrived(legacy_systems: LegacySystems, recipient: str, subject: str) -> Queued:
    """A mail as the SMTP server has it."""
    found: list[dict[str, Any]] = []

    async def is_there() -> bool:
        found[:] = [
            mail
            for mail in await legacy_systems.postbox.mails()
            if mail["to"] == [recipient] and mail["subject"].endswith(f"】{subject}")
        ]
        return bool(found)

    await eventually(is_there, WITHIN_A_MINUTE)
    return _as_received(found[0])


def _as_received(mail: dict[str, Any]) -> Queued:
    text = mail["text"].replace("\r\n", "\n")
    return Queued(MailKind.TEST, mail["to"][0], mail["from"], mail["subject"], text, mail["html"])


async def test_registration_by_number(entrance: Entrance, legacy_systems: LegacySystems) -> None:
    """A15, A21–A25, X3."""
    assert await start_registration(entrance, replace(SABURO, phone="0172-00-9999"), PHONE) == (
        MemberNotFound()
    )
    assert isinstance(await start_registration(entrance, SABURO, PHONE), RegistrationStarted)
    mail = await arrived(legacy_systems, "saburo@example.jp", "本登録のご案内")
    assert mail.sender.endswith("@klas.seikyou.jp")
    assert mail.token in mail.html
    asked = ConfirmRegistration(mail.token, "saburo-h", NEW_PASSWORD)
    assert isinstance(await confirm_registration(entrance, asked, PHONE), Account)
    done = await arrived(legacy_systems, "saburo@example.jp", "本登録完了のお知らせ")
    assert done.fact("ログインID") == "saburo-h"


async def test_registration_from_a_provisional_id(entrance: Entrance, legacy_systems: LegacySystems) -> None:
    """A12, A17–A19, X4."""
    number = MemberNumber("210100000001")
    by_number = replace(SABURO, member_number=number, birth_date=date(2005, 8, 1), phone="0172001001")
    assert await start_registration(entrance, by_number, PHONE) == ProvisionalSignInRequired()
    provisional = await sign_in(entrance, Attempt("2101 0000 0001", "20050801", PHONE))
    assert isinstance(provisional, SignedIn)
    session, account = provisional.session, provisional.account
    ids = ("hirosaki", account.account_id, session.session_id)
    viewer = LimitedViewer(*ids, session.purpose, account.kind, number)
    sent = await send_test_mail(entrance, viewer, "taro@example.jp", PHONE)
    assert sent == SentTestMail("taro@example.jp")
    await arrived(legacy_systems, "taro@example.jp", "メール送信テスト")
    form = SignUp("taro-no-id", NEW_PASSWORD, "taro@example.jp", "2020-03")
    assert isinstance(await complete_registration(entrance, viewer, form, PHONE), Account)
    mail = await arrived(legacy_systems, "taro@example.jp", "メールアドレスの確認")
    confirmed = await confirm_email(entrance, mail.token, PHONE)
    assert isinstance(confirmed, Account)
    assert confirmed.email_verified


async def test_id_and_password_forgotten_and_reissued(
    entrance: Entrance, legacy_systems: LegacySystems
) -> None:
    """A28–A31."""
    await opened(entrance)
    number = MemberNumber("210100000001")
    await request_login_id_reminder(entrance, number, "taro@example.jp", PHONE)
    reminder = await arrived(legacy_systems, "taro@example.jp", "ログインIDのお知らせ")
    await request_password_reset(entrance, reminder.fact("ログインID"), number, PHONE)
    reissued = await arrived(legacy_systems, "taro@example.jp", "パスワード再発行のお知らせ")
    attempt = Attempt("hirosaki-taro", reissued.fact("再発行パスワード"), PHONE)
    outcome = await sign_in(entrance, attempt)
    assert isinstance(outcome, SignedIn)
    ids = ("hirosaki", outcome.account.account_id, outcome.session.session_id)
    viewer = LimitedViewer(*ids, outcome.session.purpose, AccountKind.MEMBER, number)
    assert isinstance(await change_password(entrance, viewer, None, NEW_PASSWORD, PHONE), Account)
    await arrived(legacy_systems, "taro@example.jp", "パスワード変更のお知らせ")


async def test_password_reset_by_link(hokkaido: Entrance, legacy_systems: LegacySystems) -> None:
    """E3, E4."""
    await opened(hokkaido, ICHIRO)
    await request_password_reset(hokkaido, "sapporo@example.jp", None, PHONE)
    mail = await arrived(legacy_systems, "sapporo@example.jp", "パスワード再設定のご案内")
    assert mail.sender.endswith("@hokkaido-gakko-coop.example")
    assert isinstance(await reset_password(hokkaido, mail.token, NEW_PASSWORD, PHONE), Account)
    await arrived(legacy_systems, "sapporo@example.jp", "パスワード変更のお知らせ")


async def test_another_address_and_leaving(hokkaido: Entrance, legacy_systems: LegacySystems) -> None:
    """A36, E14."""
    account = await opened(hokkaido, ICHIRO)
    session = (await signed_in(hokkaido, ICHIRO)).session
    viewer = viewer_for(account, session.session_id)
    assert isinstance(viewer, MemberViewer)
    await change_email(hokkaido, viewer, PASSWORD, "new@example.jp", PHONE)
    await arrived(legacy_systems, "sapporo@example.jp", "メールアドレス変更の受付")
    mail = await arrived(legacy_systems, "new@example.jp", "メールアドレスの確認")
    assert isinstance(await confirm_email(hokkaido, mail.token, PHONE), Account)
    await arrived(legacy_systems, "sapporo@example.jp", "メールアドレス変更のお知らせ")
    assert isinstance(await leave_mypage(hokkaido, viewer, PASSWORD, PHONE), Account)
    left = await arrived(legacy_systems, "new@example.jp", "マイページ利用中止のお知らせ")
    assert "アンインストール" in left.text


async def test_invitation_after_the_share_capital_was_paid(
    hokkaido: Entrance, legacy_systems: LegacySystems
) -> None:
    """E10, E11: cast member 函館 翔."""
    number, people = MemberNumber("10000003"), hokkaido.registry
    sho = (await people.members([number])).of(number)
    assert sho is not None
    assert sho.birth_date is not None
    assert sho.email is not None
    form = SignUp(None, NEW_PASSWORD, "sho@example.jp", "2020-04")
    asked = StartRegistration(number, AccountKind.MEMBER, sho.birth_date, sho.mobile_phone or "", form)
    assert await start_registration(hokkaido, asked, PHONE) == NotAMemberYet()
    staff = await opened(hokkaido, STAFF)
    by = viewer_for(staff, (await signed_in(hokkaido, STAFF)).session.session_id)
    assert isinstance(by, StaffViewer)
    outcome = await confirm_share_payment(hokkaido, by, number, PHONE)
    assert isinstance(outcome, SharePaymentConfirmed)
    invitation = await arrived(legacy_systems, sho.email, "マイページ登録方法のご案内")
    assert "https://mypage.hokkaido-gakko-coop.example/" in invitation.text
    assert isinstance(await start_registration(hokkaido, asked, PHONE), RegistrationStarted)


async def test_an_inquiry_and_the_new_address_that_staff_set(
    entrance: Entrance, legacy_systems: LegacySystems
) -> None:
    """A33, A35, D10."""
    await opened(entrance, TARO)
    inquiry = NewInquiry(InquiryTopic.EMAIL_ADDRESS, "アドレスが変わりました。", "new@example.jp")
    await submit_inquiry(entrance, None, inquiry, PHONE)
    await arrived(legacy_systems, "new@example.jp", "お問い合わせを受け付けました")
    staff = await opened(entrance, STAFF)
    by = viewer_for(staff, (await signed_in(entrance, STAFF)).session.session_id)
    assert isinstance(by, StaffViewer)
    check = IdentityCheck(IdentityCheckMethod.CARD_SHOWN, "組合員証と学生証を窓口で確認")
    whose = AccountOf(MemberNumber("210100000001"), AccountKind.MEMBER)
    await change_account_email(entrance, by, whose, "new@example.jp", check, PHONE)
    done = await arrived(legacy_systems, "new@example.jp", "メールアドレス変更完了のお知らせ")
    assert done.fact("ログインID") == "hirosaki-taro"
    await arrived(legacy_systems, "taro@example.jp", "メールアドレス変更のお知らせ")


async def test_once_it_has_left_nothing_here_knows_the_secret_any_more(
    house: House, entrance: Entrance, legacy_systems: LegacySystems
) -> None:
    await start_registration(entrance, SABURO, PHONE)
    mail = await arrived(legacy_systems, "saburo@example.jp", "本登録のご案内")
    statement = sa.select(outbox_mail.c.state, outbox_mail.c.text, outbox_mail.c.html)

    async def is_blank() -> bool:
        async with house.store.engine.connect() as connection:
            row = (await connection.execute(statement)).one()
        return tuple(row) == (MailState.SENT, "", None)

    assert mail.token
    await eventually(is_blank, WITHIN_A_MINUTE)
