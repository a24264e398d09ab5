"""仮ログイン (A8–A14, A19, X1): what opens a session that may register and nothing else."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from adapters.errors import Closed, TimedOut, Unavailable
from adapters.records import MemberStatus
from gateway.accounts import (
    Attempt,
    Entrance,
    InvalidCredentials,
    SignedIn,
    TooManyAttempts,
    sign_in,
    viewer_of,
)
from gateway.accounts.locking import unlock_provisional
from gateway.store import Store
from gateway.store.records import AccountState, NewAccount
from gateway.store.tables import accounts
from gateway.viewer import AccountKind, Anonymous, LimitedViewer, SessionPurpose, StaffViewer
from tests.accounts.clocks import MovableClock
from tests.accounts.hashers import CountingHasher
from tests.accounts.people import (
    ELSEWHERE,
    ICHIRO,
    PASSWORD,
    PHONE,
    STAFF,
    TARO,
    in_state,
    log_of,
    opened,
    signed_in,
)
from tests.accounts.registries import KENICHI, ListedMembers
from tests.accounts.registries import TARO as TARO_IN_REGISTRY
from tests.running import NOW

TAROS_ID, TAROS_SECRET = "210100000001", "20050801"
RIGHT = Attempt(TAROS_ID, TAROS_SECRET, PHONE)
WRONG = Attempt(TAROS_ID, "20050802", PHONE)


@pytest.mark.parametrize(
    ("identifier", "secret", "kind"),
    [
        (TAROS_ID, TAROS_SECRET, AccountKind.MEMBER),
        ("２１０１ ００００ ０００１ｐ", "２００５０８０１", AccountKind.GUARDIAN),
        (KENICHI.number, "001003", AccountKind.MEMBER),
        (KENICHI.number, "123456", AccountKind.MEMBER),
        (f"{KENICHI.number}P", "123456", AccountKind.GUARDIAN),
    ],
)
async def test_the_right_secret_opens_a_session_that_may_only_register(
    store: Store, entrance: Entrance, identifier: str, secret: str, kind: AccountKind
) -> None:
    """A8–A13."""
    outcome = await sign_in(entrance, Attempt(identifier, secret, PHONE))
    assert isinstance(outcome, SignedIn)
    account = outcome.account
    number = identifier[:12] if identifier.isascii() else TAROS_ID
    assert (account.kind, account.state) == (kind, AccountState.PROVISIONAL)
    assert account.login_id == number + ("p" if kind is AccountKind.GUARDIAN else "")
    assert await viewer_of(store, outcome.token, entrance.clock) == LimitedViewer(
        "hirosaki",
        account.account_id,
        outcome.session.session_id,
        SessionPurpose.REGISTER,
        kind,
        account.member_number,
    )


async def test_a_provisional_session_is_short(entrance: Entrance) -> None:
    outcome = await sign_in(entrance, RIGHT)
    assert isinstance(outcome, SignedIn)
    assert outcome.session.expires_at == NOW + timedelta(minutes=30)


async def test_signing_in_provisionally_again_makes_no_second_account(
    store: Store, entrance: Entrance
) -> None:
    """A16."""
    first, second = await sign_in(entrance, RIGHT), await sign_in(entrance, RIGHT)
    assert isinstance(first, SignedIn)
    assert isinstance(second, SignedIn)
    assert first.account == second.account
    async with store.engine.connect() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(accounts)) == 1


@pytest.mark.parametrize(
    ("identifier", "secret"),
    [
        (TAROS_ID, "20050802"),
        (TAROS_ID, "001001"),
        (TAROS_ID, ""),
        (KENICHI.number, "20001224"),
        (KENICHI.number, "001001"),
        ("210199999999", TAROS_SECRET),
        ("210199999999p", TAROS_SECRET),
    ],
)
async def test_any_other_secret_and_any_other_number_are_refused_alike(
    store: Store,
    entrance: Entrance,
    hasher: CountingHasher,
    registry: ListedMembers,
    identifier: str,
    secret: str,
) -> None:
    """A37; the work is the same: the registry is asked and a hash is verified, whether or not the number exists."""
    assert await sign_in(entrance, Attempt(identifier, secret, PHONE)) == InvalidCredentials()
    assert (hasher.verified, registry.calls) == (1, 2)
    async with store.engine.connect() as connection:
        assert (await connection.execute(sa.select(accounts))).all() == []
    (line,) = await log_of(entrance.store)
    assert (line.account_id, line.reason) == (None, "WRONG_PROVISIONAL")


async def test_a_right_secret_costs_the_same_work(
    entrance: Entrance, hasher: CountingHasher, registry: ListedMembers
) -> None:
    await sign_in(entrance, RIGHT)
    assert (hasher.verified, registry.calls) == (1, 2)


@pytest.mark.parametrize(
    "changes",
    [
        {"provisional_credential_issued": False},
        {"status": MemberStatus.AWAITING_PAYMENT},
        {"status": MemberStatus.WITHDRAWN},
        {"birth_date": None},
    ],
    ids=str,
)
async def test_who_is_to_register_otherwise_or_not_at_all_is_refused(
    entrance: Entrance, registry: ListedMembers, changes: dict[str, object]
) -> None:
    """X1, E10, E22."""
    registry.people = [replace(TARO_IN_REGISTRY, **changes)]  # type: ignore[arg-type]  # fields of the table above
    assert await sign_in(entrance, RIGHT) == InvalidCredentials()


async def test_there_is_no_guardians_account_without_a_guardian(
    entrance: Entrance, registry: ListedMembers
) -> None:
    registry.people = [TARO_IN_REGISTRY]
    assert await sign_in(entrance, Attempt(f"{TAROS_ID}p", TAROS_SECRET, PHONE)) == InvalidCredentials()


@pytest.mark.parametrize("state", [state for state in AccountState if state is not AccountState.PROVISIONAL])
async def test_the_provisional_secret_dies_with_the_registration(
    store: Store, entrance: Entrance, state: AccountState
) -> None:
    """A19, A27."""
    account = await opened(entrance)
    await in_state(store, account, state)
    assert await sign_in(entrance, RIGHT) == InvalidCredentials()
    (line,) = await log_of(entrance.store)
    assert (line.account_id, line.reason) == (account.account_id, "ALREADY_REGISTERED")


async def test_the_guardians_secret_lives_on_when_the_student_has_registered(entrance: Entrance) -> None:
    """A16."""
    await opened(entrance, TARO)
    outcome = await sign_in(entrance, Attempt(f"{TAROS_ID}p", TAROS_SECRET, PHONE))
    assert isinstance(outcome, SignedIn)
    assert outcome.account.kind is AccountKind.GUARDIAN


async def test_provisional_sessions_die_with_the_registration(store: Store, entrance: Entrance) -> None:
    """A19."""
    outcome = await sign_in(entrance, RIGHT)
    assert isinstance(outcome, SignedIn)
    await in_state(store, outcome.account, AccountState.CLOSED)
    assert await viewer_of(store, outcome.token, entrance.clock) == Anonymous()


@pytest.mark.parametrize("identifier", [TAROS_ID, "210199999999"])
@pytest.mark.parametrize(
    "failure", [TimedOut("hirosaki/registry", "2 s"), Closed("hirosaki/registry", "night"), None], ids=str
)
async def test_while_the_registry_is_out_every_number_meets_the_same_error_and_loses_no_try(
    entrance: Entrance, registry: ListedMembers, identifier: str, failure: TimedOut | None
) -> None:
    """Also where it left a last known answer: what was right yesterday opens no account."""
    registry.failure, registry.last_known = failure, failure is None
    for _ in range(12):
        with pytest.raises(Unavailable) as raised:
            await sign_in(entrance, Attempt(identifier, TAROS_SECRET, PHONE))
        assert type(raised.value) is Unavailable
    registry.failure, registry.last_known = None, False
    outcome = await sign_in(entrance, Attempt(identifier, TAROS_SECRET, PHONE))
    assert isinstance(outcome, SignedIn if identifier == TAROS_ID else InvalidCredentials)


async def test_of_all_secrets_ten_may_be_tried_by_all_addresses_for_both_ids_together(
    entrance: Entrance, clock: MovableClock
) -> None:
    """A13: of a million, or of some thousand days. Waiting grows to 16 hours; after the tenth only staff help."""
    tried, waits = 0, []
    while True:
        attempt = Attempt(TAROS_ID + "p" * (tried % 2), "000000", ELSEWHERE if tried % 3 else PHONE)
        outcome = await sign_in(entrance, attempt)
        if outcome == TooManyAttempts(retry_after=None):
            break
        if isinstance(outcome, TooManyAttempts) and outcome.retry_after is not None:
            waits.append(outcome.retry_after)
            clock.advance(outcome.retry_after)
        else:
            tried += 1
    assert tried == 10
    assert waits == [timedelta(minutes=15) * 2**doubled for doubled in range(7)]
    clock.advance(timedelta(days=300))
    assert await sign_in(entrance, RIGHT) == TooManyAttempts(retry_after=None)


async def test_staff_open_what_was_tried_too_often(entrance: Entrance, clock: MovableClock) -> None:
    staff = await opened(entrance, STAFF)
    for _ in range(10):
        assert await sign_in(entrance, WRONG) == InvalidCredentials()
        clock.advance(timedelta(days=1))
    assert await sign_in(entrance, RIGHT) == TooManyAttempts(retry_after=None)
    by = StaffViewer(
        "hirosaki", staff.account_id, (await signed_in(entrance, STAFF)).session.session_id, staff.roles
    )
    await unlock_provisional(entrance, TARO_IN_REGISTRY.number, by, PHONE)
    assert isinstance(await sign_in(entrance, RIGHT), SignedIn)


async def test_a_number_that_does_not_exist_closes_in_the_same_way(
    entrance: Entrance, clock: MovableClock
) -> None:
    for _ in range(10):
        assert await sign_in(entrance, Attempt("210199999999", "000000", PHONE)) == InvalidCredentials()
        clock.advance(timedelta(days=1))
    assert await sign_in(entrance, Attempt("210199999999", "000000", PHONE)) == TooManyAttempts(None)


async def test_elsewhere_a_member_number_is_only_a_wrong_identifier(
    hokkaido: Entrance, registry: ListedMembers
) -> None:
    assert await sign_in(hokkaido, Attempt("10000001", TAROS_SECRET, PHONE)) == InvalidCredentials()
    (line,) = await log_of(hokkaido.store)
    assert line.reason == "UNKNOWN_IDENTIFIER"
    assert registry.calls == 0


async def test_two_devices_at_once_get_one_account(entrance: Entrance) -> None:
    outcomes = await asyncio.gather(*(sign_in(entrance, RIGHT) for _ in range(3)))
    signed = [outcome for outcome in outcomes if isinstance(outcome, SignedIn)]
    assert len(signed) == 3
    assert len({outcome.account.account_id for outcome in signed}) == 1


async def test_an_account_that_chose_such_an_id_long_ago_signs_in_with_its_password(
    entrance: Entrance,
) -> None:
    """It is throttled as strictly as a provisional one, for nobody can tell from what was typed."""
    old = NewAccount(
        AccountKind.GUARDIAN, f"{TAROS_ID}p", registered_at=NOW, member_number=ICHIRO.member_number
    )
    await opened(entrance, old)
    outcome = await sign_in(entrance, Attempt(f"{TAROS_ID}Ｐ", PASSWORD, PHONE))
    assert isinstance(outcome, SignedIn)
    assert outcome.session.purpose is SessionPurpose.FULL
