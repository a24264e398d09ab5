"""Signing in with a password: registered accounts, one answer for all that is wrong."""

import pytest
import sqlalchemy as sa

from gateway.accounts import Attempt, Entrance, InvalidCredentials, SignedIn, sign_in, viewer_of
from gateway.accounts.outcomes import MembershipEnded
from gateway.accounts.passwords import Argon2id
from gateway.store import CoopStore, Store
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    AccountState,
    NewAccount,
    Origin,
    SessionPurpose,
)
from gateway.store.tables import access_log, sessions
from gateway.viewer import Anonymous, LimitedViewer
from tests.accounts.hashers import CountingHasher
from tests.accounts.people import (
    ICHIRO,
    LIMITS,
    NUMBER,
    PASSWORD,
    PHONE,
    STAFF,
    TARO,
    in_state,
    log_of,
    opened,
    present,
    signed_in,
)
from tests.running import NOW, fixed_clock

UNKNOWN = Attempt("nobody@example.jp", PASSWORD, PHONE)
WRONG = Attempt(TARO.login_id, "demo-coop-2027", PHONE)
RIGHT = Attempt(TARO.login_id, PASSWORD, PHONE)


@pytest.mark.parametrize("new", [TARO, ICHIRO, STAFF], ids=lambda new: new.kind.value)
async def test_who_proves_who_they_are_gets_a_session(entrance: Entrance, new: NewAccount) -> None:
    account = await opened(entrance, new)
    outcome = await signed_in(entrance, new, device_label="太郎のiPhone")
    assert outcome.account == account
    assert outcome.session.account_id == account.account_id
    assert outcome.session.device_label == "太郎のiPhone"
    assert outcome.session.origin == PHONE
    assert (outcome.session.created_at, outcome.session.last_seen_at) == (NOW, NOW)
    assert outcome.session.expires_at == NOW + LIMITS.idle
    assert outcome.session.purpose is SessionPurpose.FULL


@pytest.mark.parametrize("identifier", ["Hirosaki-Taro", " hirosaki-taro ", "ｈｉｒｏｓａｋｉ－ｔａｒｏ"])
async def test_case_width_and_surrounding_space_of_a_login_id_do_not_count(
    entrance: Entrance, identifier: str
) -> None:
    """A37."""
    await opened(entrance)
    assert isinstance(await sign_in(entrance, Attempt(identifier, PASSWORD, PHONE)), SignedIn)


@pytest.mark.parametrize("state", [state for state in AccountState if state is not AccountState.REGISTERED])
async def test_every_failure_has_the_same_answer_and_costs_one_verification(
    store: Store, entrance: Entrance, hasher: CountingHasher, state: AccountState
) -> None:
    """A37, E1: no account, a wrong password, the right one of an account that is not registered."""
    account = await opened(entrance)
    before = hasher.hashed
    answers = [await sign_in(entrance, UNKNOWN)]
    assert hasher.verified == 1
    answers.append(await sign_in(entrance, WRONG))
    assert hasher.verified == 2
    await in_state(store, account, state)
    answers.append(await sign_in(entrance, RIGHT))
    assert hasher.verified == 3
    assert answers == [InvalidCredentials()] * 3
    assert hasher.hashed == before


async def test_a_former_member_is_told_so_for_the_right_password_only(
    hirosaki: CoopStore, entrance: Entrance, hasher: CountingHasher
) -> None:
    """E1, E22: at the same cost; no session begins, and a right password counts against nobody."""
    await opened(entrance)
    await hirosaki.lifecycle.end_membership(NUMBER)

    assert await sign_in(entrance, WRONG) == InvalidCredentials()
    for _ in range(10):
        assert await sign_in(entrance, RIGHT) == MembershipEnded()
    assert hasher.verified == 11
    assert {entry.reason for entry in await log_of(hirosaki)} >= {"MEMBERSHIP_ENDED", "NOT_REGISTERED"}


async def test_a_right_password_costs_the_same_verification(
    entrance: Entrance, hasher: CountingHasher
) -> None:
    await opened(entrance)
    await signed_in(entrance)
    assert hasher.verified == 1


async def test_every_failure_leaves_one_line_that_says_why_and_no_session(
    store: Store, hirosaki: CoopStore, entrance: Entrance
) -> None:
    """E26."""
    account = await opened(entrance)
    await sign_in(entrance, UNKNOWN)
    await sign_in(entrance, WRONG)
    await in_state(store, account, AccountState.LOCKED)
    await sign_in(entrance, RIGHT)
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


async def test_a_success_leaves_one_line(hirosaki: CoopStore, entrance: Entrance) -> None:
    """E26."""
    account = await opened(entrance)
    session = (await signed_in(entrance)).session
    (line,) = await log_of(hirosaki)
    assert (line.action, line.outcome, line.reason) == (AccessAction.SIGN_IN, AccessOutcome.ALLOWED, None)
    assert (line.account_id, line.session_id) == (account.account_id, session.session_id)
    assert (line.at, line.origin) == (NOW, PHONE)


async def test_nothing_that_was_typed_is_kept(store: Store, entrance: Entrance) -> None:
    """People type their password where the login ID goes: neither may stand in the log."""
    await opened(entrance)
    await sign_in(entrance, Attempt("my-secret-typed-too-early", "s3cret", PHONE))
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
    hirosaki: CoopStore, entrance: Entrance, identifier: str
) -> None:
    attempt = Attempt(identifier, PASSWORD, Origin("192.0.2.7", "agent \x00 \ud83c"))
    assert await sign_in(entrance, attempt) == InvalidCredentials()
    (line,) = await log_of(hirosaki)
    assert line.origin == Origin("192.0.2.7", "agent \ufffd ?")


async def test_an_endless_user_agent_is_cut_short(hirosaki: CoopStore, entrance: Entrance) -> None:
    await sign_in(entrance, Attempt("nobody", PASSWORD, Origin("192.0.2.7", "x" * 60_000)))
    (line,) = await log_of(hirosaki)
    assert line.origin.user_agent == "x" * 300


async def test_an_account_of_another_co_op_is_unknown(
    hirosaki: CoopStore, entrance: Entrance, hokkaido: Entrance
) -> None:
    await opened(entrance)
    assert await sign_in(hokkaido, RIGHT) == InvalidCredentials()
    assert await log_of(hirosaki) == []


async def test_only_the_hash_of_a_token_is_kept(store: Store, entrance: Entrance) -> None:
    await opened(entrance)
    token = (await signed_in(entrance)).token
    async with store.engine.connect() as connection:
        (row,) = (await connection.execute(sa.select(sessions))).all()
    assert len(row.token_hash) == 32
    assert token not in str(row)
    assert token.encode() not in row.token_hash


async def test_each_sign_in_has_a_session_and_a_token_of_its_own(store: Store, entrance: Entrance) -> None:
    await opened(entrance)
    first, second = await signed_in(entrance), await signed_in(entrance)
    assert first.token != second.token
    assert first.session.session_id != second.session.session_id
    assert await viewer_of(store, first.token, fixed_clock) != Anonymous()


async def test_signing_in_again_ends_the_session_one_came_with(
    store: Store, hirosaki: CoopStore, entrance: Entrance
) -> None:
    account = await opened(entrance)
    old = await signed_in(entrance)
    again = Attempt(TARO.login_id, PASSWORD, PHONE, replaces=old.token)
    assert isinstance(await sign_in(entrance, again), SignedIn)
    assert await viewer_of(store, old.token, fixed_clock) == Anonymous()
    (signed, ended, _first) = await log_of(hirosaki)
    assert (signed.action, ended.action) == (AccessAction.SIGN_IN, AccessAction.END_SESSION)
    assert (ended.account_id, ended.session_id) == (account.account_id, old.session.session_id)


async def test_a_failed_attempt_leaves_the_session_one_came_with(store: Store, entrance: Entrance) -> None:
    await opened(entrance)
    old = await signed_in(entrance)
    await sign_in(entrance, Attempt(TARO.login_id, "demo-coop-2027", PHONE, replaces=old.token))
    assert await viewer_of(store, old.token, fixed_clock) != Anonymous()


async def test_a_sign_in_renews_a_hash_made_with_other_parameters(
    hirosaki: CoopStore, entrance: Entrance
) -> None:
    older = Argon2id(memory_kib=32, passes=1).hash(PASSWORD.encode())
    await hirosaki.accounts.add(TARO, older)
    await signed_in(entrance)
    credential = await hirosaki.accounts.credential(TARO.login_id)
    assert credential is not None
    assert credential.password_hash is not None
    assert credential.password_hash.startswith("$argon2id$v=19$m=64,t=1,p=1$")
    await signed_in(entrance)


async def test_a_wrong_password_renews_nothing(hirosaki: CoopStore, entrance: Entrance) -> None:
    older = Argon2id(memory_kib=32, passes=1).hash(PASSWORD.encode())
    await hirosaki.accounts.add(TARO, older)
    await sign_in(entrance, WRONG)
    credential = await hirosaki.accounts.credential(TARO.login_id)
    assert credential is not None
    assert credential.password_hash == older


async def test_who_must_set_a_new_password_gets_a_session_for_nothing_else(
    store: Store, entrance: Entrance
) -> None:
    account = await opened(entrance)
    await entrance.store.accounts.require_new_password(account.account_id)
    outcome = await signed_in(entrance)
    assert await viewer_of(store, outcome.token, fixed_clock) == LimitedViewer(
        "hirosaki",
        account.account_id,
        outcome.session.session_id,
        SessionPurpose.CHANGE_PASSWORD,
        account.kind,
        account.member_number,
    )
    await entrance.store.accounts.change_password(account.account_id, await entrance.passwords.hash("x"))
    assert not (await present(entrance, account)).must_change_password


async def test_a_password_changed_while_its_hash_is_renewed_stays_changed(entrance: Entrance) -> None:
    """The renewal names the hash that it replaces."""
    account = await opened(entrance)
    await entrance.store.accounts.change_password(account.account_id, "the hash of a new password")
    await entrance.store.accounts.set_password_hash(account.account_id, "renewed", replaces="the old hash")
    credential = await entrance.store.accounts.credential(TARO.login_id)
    assert credential is not None
    assert credential.password_hash == "the hash of a new password"
