"""Sessions: whom a token stands for, how long, and how it ends."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from gateway.accounts import (
    Entrance,
    end_all_sessions,
    end_session,
    sign_out,
    viewer_for,
    viewer_of,
)
from gateway.accounts.tokens import token_hash
from gateway.clock import Clock
from gateway.store import CoopStore, Store
from gateway.store.records import AccessAction, AccessLogQuery, AccountState, Session
from gateway.store.tables import sessions
from gateway.viewer import Anonymous, GuardianViewer, MemberViewer, SignedInViewer, StaffRole, StaffViewer
from tests.accounts.people import ICHIRO, LIMITS, NUMBER, PHONE, STAFF, TARO, in_state, opened, signed_in
from tests.running import NOW, fixed_clock

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def at(time: datetime) -> Clock:
    return lambda: time


async def only_session(store: CoopStore, viewer: SignedInViewer) -> Session:
    (session,) = (await store.sessions.of_accounts([viewer.account_id], NOW))[viewer.account_id]
    return session


async def test_a_members_token_stands_for_the_member(store: Store, entrance: Entrance) -> None:
    account = await opened(entrance)
    entry = await signed_in(entrance)
    viewer = await viewer_of(store, entry.token, fixed_clock)
    assert viewer == MemberViewer("hirosaki", account.account_id, entry.session.session_id, NUMBER)
    assert viewer == viewer_for(account, entry.session.session_id)


async def test_a_guardians_token_stands_for_the_guardian_of_the_student(
    store: Store, entrance: Entrance
) -> None:
    """A1, A16."""
    account = await opened(entrance, ICHIRO)
    entry = await signed_in(entrance, ICHIRO)
    assert await viewer_of(store, entry.token, fixed_clock) == GuardianViewer(
        "hirosaki", account.account_id, entry.session.session_id, student_number=NUMBER
    )


async def test_a_staff_token_stands_for_the_roles(store: Store, entrance: Entrance) -> None:
    account = await opened(entrance, STAFF)
    entry = await signed_in(entrance, STAFF)
    assert await viewer_of(store, entry.token, fixed_clock) == StaffViewer(
        "hirosaki",
        account.account_id,
        entry.session.session_id,
        frozenset({StaffRole.DESK, StaffRole.OFFICE}),
    )


@pytest.mark.parametrize("token", [None, "", "nobody-was-given-this", "half a pair \ud83c"])
async def test_any_other_token_stands_for_nobody(store: Store, token: str | None) -> None:
    assert await viewer_of(store, token, fixed_clock) == Anonymous()


async def test_a_session_ends_after_the_idle_limit(store: Store, entrance: Entrance) -> None:
    await opened(entrance)
    token = (await signed_in(entrance)).token
    assert await viewer_of(store, token, at(NOW + LIMITS.idle)) == Anonymous()
    assert await viewer_of(store, token, at(NOW + LIMITS.idle - SECOND)) != Anonymous()


async def test_a_session_in_use_lives_on_to_its_absolute_limit_and_no_longer(
    store: Store, entrance: Entrance
) -> None:
    await opened(entrance)
    token = (await signed_in(entrance)).token
    for quarters in range(1, 48):
        assert await viewer_of(store, token, at(NOW + quarters * timedelta(minutes=15))) != Anonymous()
    assert await viewer_of(store, token, at(NOW + LIMITS.absolute - SECOND)) != Anonymous()
    assert await viewer_of(store, token, at(NOW + LIMITS.absolute)) == Anonymous()


async def test_last_seen_is_written_at_most_once_a_minute(
    store: Store, hirosaki: CoopStore, entrance: Entrance
) -> None:
    await opened(entrance)
    token = (await signed_in(entrance)).token
    seen = []
    for seconds in (59, 60, 119, 120):
        viewer = await viewer_of(store, token, at(NOW + seconds * SECOND))
        assert isinstance(viewer, MemberViewer)
        seen.append((await only_session(hirosaki, viewer)).last_seen_at - NOW)
    assert seen == [timedelta(0), MINUTE, MINUTE, 2 * MINUTE]


async def test_a_session_of_a_closed_account_stands_for_nobody(store: Store, entrance: Entrance) -> None:
    """E14."""
    account = await opened(entrance)
    token = (await signed_in(entrance)).token
    await in_state(store, account, AccountState.CLOSED)
    assert await viewer_of(store, token, fixed_clock) == Anonymous()


async def test_a_session_of_a_locked_account_lives_on(store: Store, entrance: Entrance) -> None:
    """E26: the lock is on the password that others guess at, not on who is in already."""
    account = await opened(entrance)
    token = (await signed_in(entrance)).token
    await in_state(store, account, AccountState.LOCKED)
    assert await viewer_of(store, token, fixed_clock) != Anonymous()


async def test_signing_out_ends_the_session_on_the_server_and_is_logged(
    store: Store, hirosaki: CoopStore, entrance: Entrance
) -> None:
    account = await opened(entrance)
    entry, other = await signed_in(entrance), await signed_in(entrance)
    await sign_out(hirosaki, viewer_for(account, entry.session.session_id), PHONE, fixed_clock)
    assert await viewer_of(store, entry.token, fixed_clock) == Anonymous()
    assert await viewer_of(store, other.token, fixed_clock) != Anonymous()
    line = (await hirosaki.access_log.page(AccessLogQuery(limit=1))).items[0]
    assert (line.action, line.session_id) == (AccessAction.SIGN_OUT, entry.session.session_id)


async def test_one_sees_where_one_is_signed_in_and_ends_it_from_another_device(
    store: Store, hirosaki: CoopStore, entrance: Entrance
) -> None:
    account = await opened(entrance)
    phone = await signed_in(entrance, device_label="iPhone")
    computer = await signed_in(entrance, device_label="研究室のPC")
    found = (await hirosaki.sessions.of_accounts([account.account_id], NOW))[account.account_id]
    assert {session.device_label for session in found} == {"iPhone", "研究室のPC"}

    viewer = viewer_for(account, computer.session.session_id)
    assert await end_session(hirosaki, viewer, phone.session.session_id, PHONE, fixed_clock)
    assert await viewer_of(store, phone.token, fixed_clock) == Anonymous()
    assert not await end_session(hirosaki, viewer, phone.session.session_id, PHONE, fixed_clock)
    lines = (await hirosaki.access_log.page(AccessLogQuery(limit=10))).items
    assert [line.action for line in lines].count(AccessAction.END_SESSION) == 1


async def test_nobody_ends_somebody_elses_session(
    store: Store, hirosaki: CoopStore, entrance: Entrance
) -> None:
    await opened(entrance)
    guardian = await opened(entrance, ICHIRO)
    students, own = await signed_in(entrance), await signed_in(entrance, ICHIRO)
    viewer = viewer_for(guardian, own.session.session_id)
    assert not await end_session(hirosaki, viewer, students.session.session_id, PHONE, fixed_clock)
    assert await viewer_of(store, students.token, fixed_clock) != Anonymous()


async def test_another_co_op_neither_sees_nor_ends_a_session(store: Store, entrance: Entrance) -> None:
    account = await opened(entrance)
    entry = await signed_in(entrance)
    elsewhere = store.of("hokkaido")
    assert await elsewhere.sessions.of_accounts([account.account_id], NOW) == {account.account_id: []}
    assert not await elsewhere.sessions.end(account.account_id, entry.session.session_id)
    assert await elsewhere.sessions.end_all(account.account_id) == []
    assert await elsewhere.sessions.end_by_token(token_hash(entry.token)) is None
    assert await viewer_of(store, entry.token, fixed_clock) != Anonymous()


async def test_all_sessions_but_this_one_end_together(
    store: Store, hirosaki: CoopStore, entrance: Entrance
) -> None:
    account = await opened(entrance)
    guardian = await opened(entrance, ICHIRO)
    here, *elsewhere = [await signed_in(entrance) for _ in range(3)]
    guardians = await signed_in(entrance, ICHIRO)
    viewer = viewer_for(account, here.session.session_id)
    assert await end_all_sessions(hirosaki, viewer, PHONE, fixed_clock, keep=here.session.session_id) == 2
    assert [await viewer_of(store, entry.token, fixed_clock) for entry in elsewhere] == [Anonymous()] * 2
    assert await viewer_of(store, here.token, fixed_clock) == viewer
    assert await viewer_of(store, guardians.token, fixed_clock) == viewer_for(
        guardian, guardians.session.session_id
    )


async def test_expired_sessions_are_not_listed_and_then_removed(
    store: Store, hirosaki: CoopStore, entrance: Entrance
) -> None:
    account = await opened(entrance, TARO)
    await signed_in(entrance)
    later = NOW + LIMITS.idle
    assert (await hirosaki.sessions.of_accounts([account.account_id], later))[account.account_id] == []
    assert await store.sessions.remove_expired(later - SECOND) == 0
    assert await store.sessions.remove_expired(later) == 1
    async with store.engine.connect() as connection:
        assert (await connection.execute(sa.select(sessions))).all() == []
