"""再発行されたパスワード (A30, A32): good once, for a new password, beside the old one."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from gateway.accounts import (
    Attempt,
    AuthCodeRequired,
    Entrance,
    InvalidCredentials,
    SignedIn,
    sign_in,
    viewer_of,
)
from gateway.accounts.auth_codes import set_totp
from gateway.accounts.reissued import new_reissued_password, reissued_digest
from gateway.accounts.unmistakable import ALPHABET
from gateway.store import Store
from gateway.store.records import Account, AccountState, SessionPurpose
from gateway.store.tables import accounts
from gateway.viewer import LimitedViewer
from tests.accounts.clocks import MovableClock
from tests.accounts.hashers import CountingHasher
from tests.accounts.people import PASSWORD, PHONE, TARO, in_state, log_of, opened, present, signed_in

HOUR = timedelta(hours=1)


async def reissued(entrance: Entrance) -> tuple[Account, str]:
    account, password = await opened(entrance), new_reissued_password()
    digest = reissued_digest(entrance.vault, account.account_id, password)
    await entrance.store.accounts.set_reissued(account.account_id, digest, entrance.clock() + HOUR)
    return account, password


async def tried(entrance: Entrance, password: str) -> object:
    return await sign_in(entrance, Attempt(TARO.login_id, password, PHONE))


def test_it_has_79_bits_and_no_characters_that_look_alike() -> None:
    """A32."""
    assert len(ALPHABET) ** 16 > 2**79
    assert not set("0O1Iil|oｏ") & set(ALPHABET)
    assert len({new_reissued_password() for _ in range(1000)}) == 1000
    assert {len(new_reissued_password()) for _ in range(10)} == {16}


@pytest.mark.parametrize("shape", ["{}", " {}", "{}\n", "\u3000{} "])
async def test_it_opens_a_session_for_a_new_password_only(
    store: Store, entrance: Entrance, shape: str
) -> None:
    """A30; the space that copying brings along does not count."""
    account, password = await reissued(entrance)
    outcome = await tried(entrance, shape.format(password))
    assert isinstance(outcome, SignedIn)
    assert await viewer_of(store, outcome.token, entrance.clock) == LimitedViewer(
        "hirosaki",
        account.account_id,
        outcome.session.session_id,
        SessionPurpose.CHANGE_PASSWORD,
        account.kind,
        account.member_number,
    )


async def test_it_works_once(entrance: Entrance) -> None:
    _, password = await reissued(entrance)
    assert isinstance(await tried(entrance, password), SignedIn)
    assert await tried(entrance, password) == InvalidCredentials()


async def test_used_twice_at_once_it_works_once(entrance: Entrance) -> None:
    _, password = await reissued(entrance)
    outcomes = await asyncio.gather(*(tried(entrance, password) for _ in range(3)))
    assert [type(outcome) for outcome in outcomes].count(SignedIn) == 1


async def test_it_dies_after_its_hour(entrance: Entrance, clock: MovableClock) -> None:
    _, password = await reissued(entrance)
    clock.advance(HOUR)
    assert await tried(entrance, password) == InvalidCredentials()


async def test_the_old_password_goes_on_working(entrance: Entrance) -> None:
    """Whoever has one reissued for somebody else takes nothing from them."""
    await reissued(entrance)
    assert (await signed_in(entrance)).session.purpose is SessionPurpose.FULL


async def test_a_new_password_makes_it_worthless(entrance: Entrance) -> None:
    account, password = await reissued(entrance)
    await entrance.store.accounts.change_password(account.account_id, await entrance.passwords.hash("new"))
    assert await tried(entrance, password) == InvalidCredentials()
    assert await tried(entrance, PASSWORD) == InvalidCredentials()


async def test_it_is_the_way_out_of_a_lock(store: Store, entrance: Entrance) -> None:
    account, password = await reissued(entrance)
    await in_state(store, account, AccountState.LOCKED)
    assert await tried(entrance, PASSWORD) == InvalidCredentials()
    outcome = await tried(entrance, password)
    assert isinstance(outcome, SignedIn)
    assert isinstance(await viewer_of(store, outcome.token, entrance.clock), LimitedViewer)


async def test_it_does_not_get_past_the_code(entrance: Entrance) -> None:
    account, password = await reissued(entrance)
    await set_totp(entrance.store, entrance.vault, account, "JBSWY3DPEHPK3PXP" * 2, entrance.clock())
    assert isinstance(await tried(entrance, password), AuthCodeRequired)


async def test_it_costs_the_same_verification_right_or_wrong(
    entrance: Entrance, hasher: CountingHasher
) -> None:
    _, password = await reissued(entrance)
    await tried(entrance, new_reissued_password())
    assert hasher.verified == 1
    await tried(entrance, password)
    assert hasher.verified == 2


async def test_one_of_somebody_else_is_wrong(entrance: Entrance) -> None:
    account, password = await reissued(entrance)
    other = reissued_digest(entrance.vault, account.account_id, new_reissued_password())
    await entrance.store.accounts.set_reissued(account.account_id, other, entrance.clock() + HOUR)
    assert await tried(entrance, password) == InvalidCredentials()
    assert (await log_of(entrance.store))[0].reason == "WRONG_PASSWORD"


async def test_only_a_keyed_hash_of_it_is_kept(store: Store, entrance: Entrance) -> None:
    account, password = await reissued(entrance)
    async with store.engine.connect() as connection:
        row = (await connection.execute(sa.select(accounts))).one()
    assert len(row.reissued_digest) == 32
    assert password not in str(row)
    assert (await present(entrance, account)).must_change_password is False
