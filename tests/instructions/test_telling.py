"""Who is told what by mail, and when."""

import pytest
import sqlalchemy as sa

from gateway.store import Store
from gateway.store.records import AccountKind, ChangeRequestKind, MailKind
from gateway.store.tables import outbox_mail
from tests.adapters.people import HANAKO, MEGUMI
from tests.instructions.stage import Stage

SUSPENSION = ChangeRequestKind.PICO_SUSPENSION
MEMBER, PARENT = "member@example.jp", "parent@example.jp"


async def queued(store: Store) -> list[tuple[MailKind, str, str]]:
    """Kind, recipient and text of the mails, in the order they were queued."""
    columns = sa.select(outbox_mail.c.kind, outbox_mail.c.recipient, outbox_mail.c.text)
    async with store.engine.connect() as connection:
        rows = await connection.execute(columns.order_by(outbox_mail.c.queued_at, outbox_mail.c.recipient))
        return [(row.kind, row.recipient, row.text) for row in rows]


async def told(store: Store) -> set[tuple[MailKind, str]]:
    """Kinds and recipients of the mails."""
    return {(kind, recipient) for kind, recipient, _ in await queued(store)}


async def test_a_suspension_is_confirmed_with_what_to_do_next(stage: Stage, store: Store) -> None:
    """D1, D2, D4: and no preference switches this mail off."""
    number = stage.somebody()
    account = await stage.account(number, email=MEMBER)
    await stage.ask(account, number, SUSPENSION)
    ((kind, recipient, text),) = await queued(store)
    assert (kind, recipient) == (MailKind.SUSPENSION_RECEIVED, MEMBER)
    assert "2026年11月20日 12時00分に、電子マネーの利用停止のお申し込みを受け付けました。" in text
    assert "利用再開には、店舗での手続きが必要です。" in text
    assert "ミールカードをご利用の方は、食堂店でお手続きください。" in text


async def test_the_end_is_told_in_the_transaction_that_settles(stage: Stage, store: Store) -> None:
    """B8: from when on the money can be had."""
    number = stage.somebody()
    await stage.transfer(await stage.account(number, email=MEMBER), number, 400)
    await stage.work()
    (received, done) = sorted(await queued(store), key=lambda mail: mail[0] is MailKind.REQUEST_DONE)
    assert (received[0], done[0]) == (MailKind.REQUEST_RECEIVED, MailKind.REQUEST_DONE)
    assert "　お手続き：Webポイントの受取申請\n" in done[2]
    assert "　ポイント数：400ポイント\n" in done[2]
    assert "2026年11月25日以降に、店舗レジにてチャージできます。" in done[2]


async def test_who_is_refused_is_told_why(stage: Stage, store: Store) -> None:
    await stage.ask(await stage.account(MEGUMI, email=MEMBER), MEGUMI, SUSPENSION)
    await stage.work()
    (text,) = [text for kind, _, text in await queued(store) if kind is MailKind.REQUEST_REJECTED]
    assert "　理由：すでに利用停止になっています。\n" in text


async def test_what_a_guardian_asks_for_both_are_told(stage: Stage, store: Store) -> None:
    """X13."""
    number = stage.somebody()
    await stage.account(number, email=MEMBER)
    guardian = await stage.account(number, AccountKind.GUARDIAN, email=PARENT)
    await stage.ask(guardian, number, SUSPENSION)
    await stage.work()
    assert await told(store) == {
        (MailKind.SUSPENSION_RECEIVED, MEMBER),
        (MailKind.SUSPENSION_RECEIVED, PARENT),
        (MailKind.REQUEST_DONE, MEMBER),
        (MailKind.REQUEST_DONE, PARENT),
    }
    assert all("　お申し込み：保護者の方（マイページ）\n" in text for _, _, text in await queued(store))


async def test_a_guardian_who_shares_the_members_address_gets_one_mail(stage: Stage, store: Store) -> None:
    number = stage.somebody()
    await stage.account(number, email=MEMBER)
    await stage.ask(await stage.account(number, AccountKind.GUARDIAN, email=MEMBER), number, SUSPENSION)
    assert len(await queued(store)) == 1


async def test_a_guardian_is_not_told_what_the_member_asks_for(stage: Stage, store: Store) -> None:
    number = stage.somebody()
    await stage.account(number, AccountKind.GUARDIAN, email=PARENT)
    await stage.ask(await stage.account(number, email=MEMBER), number, SUSPENSION)
    await stage.work()
    assert {recipient for _, recipient in await told(store)} == {MEMBER}


async def test_of_what_a_store_does_the_member_is_told_when_it_is_done(stage: Stage, store: Store) -> None:
    """D2, D3: and of a suspension at once."""
    number = stage.somebody()
    await stage.account(number, email=MEMBER)
    staff = await stage.account(None, AccountKind.STAFF, email="staff@example.jp")
    await stage.ask(staff, number, SUSPENSION, store_code="101")
    assert await told(store) == {(MailKind.SUSPENSION_RECEIVED, MEMBER)}
    assert "　店舗：SHAREA\n" in (await queued(store))[0][2]
    await stage.work()
    await stage.ask(staff, number, ChangeRequestKind.PICO_RESUMPTION, store_code="101")
    assert len(await queued(store)) == 2
    await stage.work()
    assert [kind for kind, _, _ in await queued(store)].count(MailKind.REQUEST_DONE) == 2
    assert {recipient for _, recipient in await told(store)} == {MEMBER}


async def test_what_a_register_is_refused_is_no_mail_to_the_member(stage: Stage, store: Store) -> None:
    await stage.account(HANAKO, email=MEMBER)
    staff = await stage.account(None, AccountKind.STAFF)
    await stage.ask(staff, HANAKO, ChangeRequestKind.PICO_RESUMPTION, store_code="101")
    await stage.work()
    assert await queued(store) == []


@pytest.mark.parametrize("email", [None, "unverified@example.jp"])
async def test_an_address_that_was_never_verified_gets_nothing(
    stage: Stage, store: Store, email: str | None
) -> None:
    number = stage.somebody()
    account = await stage.account(number, email=email, email_verified=False)
    await stage.ask(account, number, SUSPENSION)
    await stage.work()
    assert await queued(store) == []


async def test_no_mail_repeats_a_card_number_or_a_new_name(stage: Stage, store: Store) -> None:
    """D5, E19."""
    number = stage.somebody()
    member = await stage.account(number, email=MEMBER)
    staff = await stage.account(None, AccountKind.STAFF)
    await stage.ask(
        staff, number, ChangeRequestKind.CARD_REISSUE, card_number="2101000000019999", store_code="101"
    )
    await stage.ask(member, number, ChangeRequestKind.PROFILE_CHANGE, family_name="五所川原")
    await stage.work()
    mails = await queued(store)
    assert {kind for kind, _, _ in mails} == {MailKind.REQUEST_DONE, MailKind.REQUEST_RECEIVED}
    assert not any("19999" in text or "五所川原" in text for _, _, text in mails)
