"""Signing in, the first form: registered accounts, one answer for all that is wrong."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from gateway.accounts import Attempt, InvalidCredentials, Passwords, SignedIn, sign_in, viewer_of
from gateway.accounts.passwords import Argon2id
from gateway.store import CoopStore, Store
from gateway.store.records import (
    AccessAction,
    AccessLogEntry,
    AccessLogQuery,
    AccessOutcome,
    AccountState,
    NewAccount,
    Origin,
)
from gateway.store.tables import access_log, accounts, sessions
from gateway.viewer import Anonymous
from tests.accounts.hashers import CountingHasher
from tests.accounts.people import ICHIRO, LIMITS, PASSWORD, PHONE, STAFF, TARO, opened, signed_in
from tests.running import NOW, fixed_clock

UNKNOWN = Attempt("nobody@example.jp", PASSWORD, PHONE)
WRONG = Attempt(TARO.login_id, "demo-coop-2027", PHONE)
RIGHT = Attempt(TARO.login_id, PASSWORD, PHONE)


async def attempted(
    store: CoopStore, passwords: Passwords, attempt: Attempt
) -> SignedIn | InvalidCredentials:
    return await sign_in(store, passwords, LIMITS, fixed_clock, attempt)


async def log_of(store: CoopStore) -> list[AccessLogEntry]:
    return list((await store.access_log.page(AccessLogQuery(limit=100))).items)


async def in_state(store: Store, account_id: UUID, state: AccountState) -> None:
    async with store.engine.begin() as connection:
        change = sa.update(accounts).where(accounts.c.account_id == account_id).values(state=state)
        await connection.execute(change)


@pytest.mark.parametrize("new", [TARO, ICHIRO, STAFF], ids=lambda new: new.kind.value)
async def test_who_proves_who_they_are_gets_a_session(
    hirosaki: CoopStore, passwords: Passwords, new: NewAccount
) -> None:
    account = await opened(hirosaki, passwords, new)
    outcome = await signed_in(hirosaki, passwords, new, device_label="太郎のiPhone")
    assert outcome.account == account
    assert outcome.session.account_id == account.account_id
    assert outcome.session.device_label == "太郎のiPhone"
    assert outcome.session.origin == PHONE
    assert (outcome.session.created_at, outcome.session.last_seen_at) == (NOW, NOW)
    assert outcome.session.expires_at == NOW + LIMITS.idle


@pytest.mark.parametrize("identifier", ["Hirosaki-Taro", " hirosaki-taro ", "ｈｉｒｏｓａｋｉ－ｔａｒｏ"])
async def test_case_width_and_surrounding_space_of_a_login_id_do_not_count(
    hirosaki: CoopStore, passwords: Passwords, identifier: str
) -> None:
    """A37."""
    await opened(hirosaki, passwords)
    assert isinstance(await attempted(hirosaki, passwords, Attempt(identifier, PASSWORD, PHONE)), SignedIn)


@pytest.mark.parametrize("suffix", ["p", "P", "ｐ", "Ｐ"])
async def test_a_guardians_p_may_be_of_any_width_and_case(
    hirosaki: CoopStore, passwords: Passwords, suffix: str
) -> None:
    """A9."""
    await opened(hirosaki, passwords, ICHIRO)
    attempt = Attempt("210100000001" + suffix, PASSWORD, PHONE)
    assert isinstance(await attempted(hirosaki, passwords, attempt), SignedIn)


@pytest.mark.parametrize("state", [state for state in AccountState if state is not AccountState.REGISTERED])
async def test_every_failure_has_the_same_answer_and_costs_one_verification(
    store: Store, hirosaki: CoopStore, passwords: Passwords, hasher: CountingHasher, state: AccountState
) -> None:
    """A37, E1: no account, a wrong password, the right one of an account that is not registered."""
    account = await opened(hirosaki, passwords)
    before = hasher.hashed
    answers = [await attempted(hirosaki, passwords, UNKNOWN)]
    assert hasher.verified == 1
    answers.append(await attempted(hirosaki, passwords, WRONG))
    assert hasher.verified == 2
    await in_state(store, account.account_id, state)
    answers.append(await attempted(hirosaki, passwords, RIGHT))
    assert hasher.verified == 3
    assert answers == [InvalidCredentials()] * 3
    assert hasher.hashed == before


async def test_a_right_password_costs_the_same_verification(
    hirosaki: CoopStore, passwords: Passwords, hasher: CountingHasher
) -> None:
    await opened(hirosaki, passwords)
    await signed_in(hirosaki, passwords)
    assert hasher.verified == 1


async def test_every_failure_leaves_one_line_that_says_why_and_no_session(
    store: Store, hirosaki: CoopStore, passwords: Passwords
) -> None:
    """E26."""
    account = await opened(hirosaki, passwords)
    await attempted(hirosaki, passwords, UNKNOWN)
    await attempted(hirosaki, passwords, WRONG)
    await in_state(store, account.account_id, AccountState.LOCKED)
    await attempted(hirosaki, passwords, RIGHT)
    assert [(line.account_id, line.reason) for line in await log_of(hirosaki)] == [
        (account.account_id, "NOT_REGISTERED"),
        (account.account_id, "WRONG_PASSWORD"),
        (None, "UNKNOWN_IDENTIFIER"),
    ]
    assert {(line.action, line.outcome, line.origin, line.at) for line in await log_of(hirosaki)} == {
        (AccessAction.SIGN_IN, AccessOutcome.REFUSED, PHONE, NOW)
    }
    async with store.engine.connect() as connection:
        assert (await connection.execute(sa.select(sessions))).all() == []


async def test_a_success_leaves_one_line(hirosaki: CoopStore, passwords: Passwords) -> None:
    """E26."""
    account = await opened(hirosaki, passwords)
    session = (await signed_in(hirosaki, passwords)).session
    (line,) = await log_of(hirosaki)
    assert (line.action, line.outcome, line.reason) == (AccessAction.SIGN_IN, AccessOutcome.ALLOWED, None)
    assert (line.account_id, line.session_id) == (account.account_id, session.session_id)
    assert (line.at, line.origin) == (NOW, PHONE)


async def test_nothing_that_was_typed_is_kept(
    store: Store, hirosaki: CoopStore, passwords: Passwords
) -> None:
    """People type their password where the login ID goes: neither may stand in the log."""
    await opened(hirosaki, passwords)
    await attempted(hirosaki, passwords, Attempt("my-secret-typed-too-early", "s3cret", PHONE))
    async with store.engine.connect() as connection:
        rows = (await connection.execute(sa.select(sa.cast(access_log.table_valued(), sa.Text)))).all()
    assert len(rows) == 1
    assert "secret" not in str(rows)
    assert "s3cret" not in str(rows)


def test_neither_password_nor_token_shows_when_printed() -> None:
    assert PASSWORD not in repr(Attempt("hirosaki-taro", PASSWORD, PHONE, replaces="the-old-token"))
    assert "the-old-token" not in repr(Attempt("hirosaki-taro", PASSWORD, PHONE, replaces="the-old-token"))


@pytest.mark.parametrize("identifier", ["", "nul\x00inside", "half a pair \ud83c", "x" * 100_000])
async def test_what_no_login_id_can_be_is_just_unknown(
    hirosaki: CoopStore, passwords: Passwords, identifier: str
) -> None:
    attempt = Attempt(identifier, PASSWORD, Origin("192.0.2.7", "agent \x00 \ud83c"))
    assert await attempted(hirosaki, passwords, attempt) == InvalidCredentials()
    (line,) = await log_of(hirosaki)
    assert line.origin == Origin("192.0.2.7", "agent \ufffd ?")


async def test_an_endless_user_agent_is_cut_short(hirosaki: CoopStore, passwords: Passwords) -> None:
    await attempted(hirosaki, passwords, Attempt("nobody", PASSWORD, Origin("192.0.2.7", "x" * 60_000)))
    (line,) = await log_of(hirosaki)
    assert line.origin.user_agent == "x" * 300


async def test_an_account_of_another_co_op_is_unknown(
    store: Store, hirosaki: CoopStore, passwords: Passwords
) -> None:
    await opened(hirosaki, passwords)
    assert await attempted(store.of("hokkaido"), passwords, RIGHT) == InvalidCredentials()
    assert await log_of(hirosaki) == []


async def test_only_the_hash_of_a_token_is_kept(
    store: Store, hirosaki: CoopStore, passwords: Passwords
) -> None:
    await opened(hirosaki, passwords)
    token = (await signed_in(hirosaki, passwords)).token
    async with store.engine.connect() as connection:
        (row,) = (await connection.execute(sa.select(sessions))).all()
    assert len(row.token_hash) == 32
    assert token not in str(row)
    assert token.encode() not in row.token_hash


async def test_each_sign_in_has_a_session_and_a_token_of_its_own(
    store: Store, hirosaki: CoopStore, passwords: Passwords
) -> None:
    await opened(hirosaki, passwords)
    first, second = await signed_in(hirosaki, passwords), await signed_in(hirosaki, passwords)
    assert first.token != second.token
    assert first.session.session_id != second.session.session_id
    assert await viewer_of(store, first.token, fixed_clock) != Anonymous()


async def test_signing_in_again_ends_the_session_one_came_with(
    store: Store, hirosaki: CoopStore, passwords: Passwords
) -> None:
    account = await opened(hirosaki, passwords)
    old = await signed_in(hirosaki, passwords)
    again = Attempt(TARO.login_id, PASSWORD, PHONE, replaces=old.token)
    assert isinstance(await attempted(hirosaki, passwords, again), SignedIn)
    assert await viewer_of(store, old.token, fixed_clock) == Anonymous()
    (signed, ended, _first) = await log_of(hirosaki)
    assert (signed.action, ended.action) == (AccessAction.SIGN_IN, AccessAction.END_SESSION)
    assert (ended.account_id, ended.session_id) == (account.account_id, old.session.session_id)


async def test_a_failed_attempt_leaves_the_session_one_came_with(
    store: Store, hirosaki: CoopStore, passwords: Passwords
) -> None:
    await opened(hirosaki, passwords)
    old = await signed_in(hirosaki, passwords)
    await attempted(hirosaki, passwords, Attempt(TARO.login_id, "demo-coop-2027", PHONE, replaces=old.token))
    assert await viewer_of(store, old.token, fixed_clock) != Anonymous()


async def test_a_sign_in_renews_a_hash_made_with_other_parameters(
    hirosaki: CoopStore, passwords: Passwords
) -> None:
    older = Argon2id(memory_kib=32, passes=1).hash(PASSWORD.encode())
    await hirosaki.accounts.add(TARO, older)
    await signed_in(hirosaki, passwords)
    credential = await hirosaki.accounts.credential(TARO.login_id)
    assert credential is not None
    assert credential.password_hash is not None
    assert credential.password_hash.startswith("$argon2id$v=19$m=64,t=1,p=1$")
    await signed_in(hirosaki, passwords)


async def test_a_wrong_password_renews_nothing(hirosaki: CoopStore, passwords: Passwords) -> None:
    older = Argon2id(memory_kib=32, passes=1).hash(PASSWORD.encode())
    await hirosaki.accounts.add(TARO, older)
    await attempted(hirosaki, passwords, WRONG)
    credential = await hirosaki.accounts.credential(TARO.login_id)
    assert credential is not None
    assert credential.password_hash == older
