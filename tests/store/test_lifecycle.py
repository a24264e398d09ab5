"""Steps of accounts, mailed tokens, recovery requests and share payments, as the database keeps them."""

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from gateway.store import CoopStore, LoginIdTaken, Store
from gateway.store.outbox import CHANNEL
from gateway.store.records import (
    AccountKind,
    AccountState,
    MailedToken,
    NewRecoveryRequest,
    Origin,
    PendingRegistration,
    RecoveryKind,
    Registration,
    SharePayment,
    TermsAcceptance,
    TokenPurpose,
)
from gateway.store.wakeups import listen
from tests.running import NOW
from tests.store.accounts import HANAKO, TARO, account_of

HOUR = timedelta(hours=1)
ORIGIN = Origin("192.0.2.7", "Mozilla/5.0")
CHOSEN = Registration("taro", "a hash", "taro@example.jp", TermsAcceptance("2020-03", NOW))
PENDING = PendingRegistration(TARO, AccountKind.MEMBER, CHOSEN, NOW + HOUR)
RESET = TokenPurpose.RESET_PASSWORD
FORGOTTEN = NewRecoveryRequest(RecoveryKind.PASSWORD, TARO, "taro", ORIGIN, NOW)


async def test_of_many_confirmations_at_once_one_registers(hirosaki: CoopStore) -> None:
    """A27."""
    pending = await hirosaki.lifecycle.pend(PENDING)
    assert pending is not None
    steps = (hirosaki.lifecycle.confirm(pending.account_id, "taro", "a hash", NOW) for _ in range(5))
    outcomes = await asyncio.gather(*steps)
    assert sorted(outcome is not None for outcome in outcomes) == [False] * 4 + [True]


async def test_a_registration_begun_anew_is_not_confirmed_by_the_old_password(hirosaki: CoopStore) -> None:
    pending = await hirosaki.lifecycle.pend(PENDING)
    assert pending is not None
    other = Registration("taro", "another hash", "taro@example.jp", CHOSEN.terms)
    again = await hirosaki.lifecycle.pend(PendingRegistration(TARO, AccountKind.MEMBER, other, NOW + HOUR))
    assert again is not None
    assert again.account_id == pending.account_id
    assert await hirosaki.lifecycle.confirm(pending.account_id, "taro", "a hash", NOW) is None


async def test_a_pending_id_is_nobodys_and_a_confirmed_one_is(
    hirosaki: CoopStore, hokkaido: CoopStore
) -> None:
    one = await hirosaki.lifecycle.pend(PENDING)
    other = await hirosaki.lifecycle.pend(PendingRegistration(HANAKO, AccountKind.MEMBER, CHOSEN, NOW + HOUR))
    elsewhere = await hokkaido.lifecycle.pend(PENDING)
    assert one is not None
    assert other is not None
    assert elsewhere is not None
    assert await hirosaki.accounts.by_login_id("taro") is None
    assert await hirosaki.lifecycle.confirm(other.account_id, "taro", "a hash", NOW) is not None
    with pytest.raises(LoginIdTaken):
        await hirosaki.lifecycle.confirm(one.account_id, "ＴＡＲＯ", "a hash", NOW)
    assert await hokkaido.lifecycle.confirm(elsewhere.account_id, "taro", "a hash", NOW) is not None


async def test_another_co_op_takes_no_step_with_an_account(hirosaki: CoopStore, hokkaido: CoopStore) -> None:
    account_id = (await account_of(hirosaki, TARO)).account_id
    assert await hokkaido.lifecycle.rename(account_id, "theirs") is None
    assert await hokkaido.lifecycle.readdress(account_id, "x@example.jp", signs_in_with_it=False) is None
    assert await hokkaido.lifecycle.close(account_id) is None
    assert await hokkaido.lifecycle.of_number(TARO) == []


async def test_a_closed_account_keeps_its_number_and_frees_its_id(hirosaki: CoopStore) -> None:
    """A27, E14."""
    account = await account_of(hirosaki, TARO)
    closed = await hirosaki.lifecycle.close(account.account_id)
    assert closed is not None
    assert closed.state is AccountState.CLOSED
    assert await hirosaki.lifecycle.close(account.account_id) is None
    assert await hirosaki.lifecycle.pend(PENDING) is None
    assert await hirosaki.accounts.by_login_id(account.login_id) is None
    hanako = await account_of(hirosaki, HANAKO)
    assert await hirosaki.lifecycle.rename(hanako.account_id, account.login_id) is not None


async def token_for(store: CoopStore, expires_at: datetime = NOW + HOUR) -> MailedToken:
    """A token of a new account, kept under `b"one"`."""
    token = MailedToken((await account_of(store, TARO)).account_id, RESET, None, expires_at)
    await store.mailed_tokens.issue(b"one", token, NOW)
    return token


async def test_of_many_who_use_a_token_at_once_one_has_it(hirosaki: CoopStore) -> None:
    token = await token_for(hirosaki)
    uses = (hirosaki.mailed_tokens.use_up(b"one", RESET, NOW) for _ in range(5))
    assert [used for used in await asyncio.gather(*uses) if used is not None] == [token]


async def test_a_token_is_good_for_its_purpose_co_op_and_time_only(
    hirosaki: CoopStore, hokkaido: CoopStore
) -> None:
    token = await token_for(hirosaki)
    assert await hirosaki.mailed_tokens.find(b"one", TokenPurpose.CONFIRM_REGISTRATION, NOW) is None
    assert await hokkaido.mailed_tokens.use_up(b"one", RESET, NOW) is None
    assert await hirosaki.mailed_tokens.use_up(b"one", RESET, NOW + HOUR) is None
    assert await hirosaki.mailed_tokens.find(b"one", RESET, NOW) == token


async def test_expired_tokens_are_removed(store: Store, hirosaki: CoopStore) -> None:
    await token_for(hirosaki)
    assert await store.remove_expired(NOW + HOUR - timedelta(seconds=1)) == 0
    assert await store.remove_expired(NOW + HOUR) == 1


async def test_a_registration_that_is_removed_takes_its_token_along(
    store: Store, hirosaki: CoopStore
) -> None:
    pending = await hirosaki.lifecycle.pend(PENDING)
    assert pending is not None
    token = MailedToken(pending.account_id, TokenPurpose.CONFIRM_REGISTRATION, None, NOW + 9 * HOUR)
    await hirosaki.mailed_tokens.issue(b"one", token, NOW)
    assert await store.remove_expired(NOW + HOUR) == 1
    assert await hirosaki.mailed_tokens.find(b"one", token.purpose, NOW) is None


async def test_what_one_worker_answers_no_other_takes(hirosaki: CoopStore, hokkaido: CoopStore) -> None:
    await hirosaki.recovery_requests.add(FORGOTTEN)
    async with hirosaki.transaction() as first, hirosaki.transaction() as second:
        request = await first.recovery_requests.take(NOW)
        assert request is not None
        assert request.asked == FORGOTTEN
        assert await second.recovery_requests.take(NOW) is None
        assert await hokkaido.recovery_requests.take(NOW) is None
        await first.recovery_requests.postpone(request.request_id, NOW + HOUR)
    assert await hirosaki.recovery_requests.take(NOW) is None
    assert await hirosaki.recovery_requests.take(NOW + HOUR) == request


async def test_a_request_wakes_the_worker(store: Store, hirosaki: CoopStore) -> None:
    """A23."""
    heard: asyncio.Queue[str] = asyncio.Queue()
    listening = asyncio.create_task(listen(store.engine, CHANNEL, heard.put_nowait))
    assert await heard.get() == ""
    await hirosaki.recovery_requests.add(FORGOTTEN)
    assert await asyncio.wait_for(heard.get(), timeout=10) == "hirosaki"
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


async def test_what_is_typed_for_a_number_or_id_may_hold_anything(hirosaki: CoopStore) -> None:
    odd = NewRecoveryRequest(RecoveryKind.PASSWORD, None, "x\x00\ud83c" + "y" * 1000, ORIGIN, NOW)
    await hirosaki.recovery_requests.add(odd)
    request = await hirosaki.recovery_requests.take(NOW)
    assert request is not None
    assert request.asked.identifier == "x\ufffd?" + "y" * 297


async def test_a_payment_is_confirmed_once(hirosaki: CoopStore, hokkaido: CoopStore) -> None:
    """E10."""
    by = (await account_of(hirosaki, TARO)).account_id
    payment = SharePayment(HANAKO, NOW, by)
    assert await hirosaki.share_payments.add(payment)
    assert not await hirosaki.share_payments.add(SharePayment(HANAKO, NOW + HOUR, by))
    assert await hirosaki.share_payments.of_members([HANAKO, TARO]) == {HANAKO: payment, TARO: None}
    assert await hokkaido.share_payments.of_members([HANAKO]) == {HANAKO: None}


async def test_a_payment_is_confirmed_by_somebody_there_is(hirosaki: CoopStore) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        await hirosaki.share_payments.add(SharePayment(HANAKO, NOW, uuid4()))
