"""What becomes of an account: from 仮登録 over 本登録 to 利用中止, and never back (A27)."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from adapters.records import MemberNumber
from gateway.store.accounts import LoginIdTaken, account_of, let_go_of_login
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, Connections, CoopConnections
from gateway.store.login_ids import login_key
from gateway.store.records import Account, AccountState, PendingRegistration, Registration
from gateway.store.tables import accounts
from gateway.viewer import StaffRole

_NOW = sa.bindparam("now", type_=JapanTime)
_NOT_YET_REGISTERED = (AccountState.PROVISIONAL, AccountState.AWAITING_CONFIRMATION)
_IN_USE = (AccountState.REGISTERED, AccountState.LOCKED)
_NOTHING_REISSUED = {"reissued_digest": None, "reissued_until": None}

_OF_NUMBER = sa.select(accounts).where(
    accounts.c.coop == THIS_COOP, accounts.c.member_number == sa.bindparam("number", type_=sa.Text)
)
_END_MEMBERSHIP = (
    sa.update(accounts)
    .where(
        accounts.c.coop == THIS_COOP,
        accounts.c.member_number == sa.bindparam("number", type_=sa.Text),
        accounts.c.state != AccountState.CLOSED,
    )
    .values(state=AccountState.CLOSED, **_NOTHING_REISSUED)
    .returning(accounts)
)
_RESTORE_MEMBERSHIP = (
    sa.update(accounts)
    .where(
        accounts.c.coop == THIS_COOP,
        accounts.c.member_number == sa.bindparam("number", type_=sa.Text),
        accounts.c.state == AccountState.CLOSED,
        sa.or_(accounts.c.password_hash.is_not(None), accounts.c.registered_at.is_(None)),
    )
    .values(
        state=sa.case(
            (
                accounts.c.registered_at.is_not(None) & accounts.c.login_key.not_like("closed:%"),
                sa.literal(AccountState.REGISTERED.value),
            ),
            else_=sa.literal(AccountState.PROVISIONAL.value),
        )
    )
    .returning(accounts)
)
_REMOVE_ABANDONED = sa.delete(accounts).where(
    accounts.c.state == AccountState.AWAITING_CONFIRMATION, accounts.c.pending_until <= _NOW
)


@dataclass(frozen=True, slots=True)
class AccountLifecycle:
    """The steps of one co-op's accounts. Each gives the account after it, or None when it is not its turn."""

    _at: CoopConnections

    async def of_number(self, number: MemberNumber) -> Sequence[Account]:
        """A member's own account and the guardian's, as far as there are any."""
        return [account_of(row) for row in await self._at.rows(_OF_NUMBER, number=number)]

    async def pend(self, pending: PendingRegistration) -> Account | None:
        """Begins a registration, or begins it anew; None when there is one for ever (A27)."""
        # An ID is nobody's before it is confirmed: a key of its own, so that no one can keep it from others.
        values = {
            **_chosen(pending.registration),
            "state": AccountState.AWAITING_CONFIRMATION,
            "login_key": f"pending:{uuid4()}",
            "pending_until": pending.until,
        }
        identity = {"member_number": pending.member_number, "kind": pending.kind}
        statement = (
            insert(accounts)
            .values(**identity, **values, coop=THIS_COOP)
            .on_conflict_do_update(
                index_elements=[accounts.c.coop, accounts.c.member_number, accounts.c.kind],
                set_=values,
                where=accounts.c.state.in_(_NOT_YET_REGISTERED),
            )
            .returning(accounts)
        )
        return await self._step(statement)

    async def confirm(
        self, account_id: UUID, login_id: str, password_hash: str, now: datetime
    ) -> Account | None:
        """本登録 of a registration that still is the one whose password was checked. Raises `LoginIdTaken`."""
        statement = _of(account_id, AccountState.AWAITING_CONFIRMATION).where(
            accounts.c.password_hash == password_hash
        )
        values = {**_registered(login_id, now), "email_verified": True}
        return await self._step(statement.values(**values).returning(accounts), login_id)

    async def complete(self, account_id: UUID, registration: Registration, now: datetime) -> Account | None:
        """本登録 of who signed in provisionally (A18). Raises `LoginIdTaken`."""
        values = {**_chosen(registration), **_registered(registration.login_id, now)}
        statement = _of(account_id, AccountState.PROVISIONAL).values(**values)
        return await self._step(statement.returning(accounts), registration.login_id)

    async def rename(self, account_id: UUID, login_id: str) -> Account | None:
        """Another login ID. Raises `LoginIdTaken`."""
        values = {"login_id": login_id, "login_key": login_key(login_id)}
        return await self._step(_of(account_id, *_IN_USE).values(**values).returning(accounts), login_id)

    async def readdress(self, account_id: UUID, email: str, *, signs_in_with_it: bool) -> Account | None:
        """Another e-mail address, or the same one, which now is verified; what was mailed before opens nothing.

        Raises `LoginIdTaken`.
        """
        values: dict[str, Any] = {"email": email, "email_verified": True, **_NOTHING_REISSUED}
        if signs_in_with_it:
            values |= {"login_id": email, "login_key": login_key(email)}
        taken = email if signs_in_with_it else ""
        return await self._step(_of(account_id, *_IN_USE).values(**values).returning(accounts), taken)

    async def set_roles(self, account_id: UUID, roles: Set[StaffRole]) -> Account | None:
        """What a member of staff may do from now on."""
        values = {"roles": sorted(role.value for role in roles)}
        return await self._step(_of(account_id, *_IN_USE).values(**values).returning(accounts))

    async def close(self, account_id: UUID) -> Account | None:
        """利用中止 (E14). The password is forgotten and what one signed in with is free for others."""
        values = {
            "state": AccountState.CLOSED,
            "login_key": f"closed:{account_id}",
            "password_hash": None,
            **_NOTHING_REISSUED,
        }
        return await self._step(_of(account_id, *_IN_USE).values(**values).returning(accounts))

    async def end_membership(self, number: MemberNumber) -> Sequence[Account]:
        """Closes a member's account and the guardian's, whatever state they are in; says which (E22).

        The password stays, and the login ID until somebody else signs in with it, so that who proves to be the
        owner can be told why they open nothing any more.
        """
        return [account_of(row) for row in await self._at.rows(_END_MEMBERSHIP, number=number)]

    async def restore_membership(self, number: MemberNumber) -> Sequence[Account]:
        """Opens again what `end_membership` has closed, and not what its owner has left (E14); says which.

        Who had not registered, or whose login ID is somebody else's by now, may register.
        """
        return [account_of(row) for row in await self._at.rows(_RESTORE_MEMBERSHIP, number=number)]

    async def _step(self, statement: Any, login_id: str = "") -> Account | None:
        if login_id:
            await let_go_of_login(self._at, login_id)
        try:
            row = await self._at.row(statement)
        except IntegrityError as error:
            if "uq_accounts_login" in str(error.orig):
                raise LoginIdTaken(login_id) from error
            raise
        return None if row is None else account_of(row)


async def remove_abandoned_registrations(connections: Connections, now: datetime) -> int:
    """Deletes the registrations of all co-ops that nobody confirmed in time, and says how many."""
    async with connections.connect() as connection:
        return (await connection.execute(_REMOVE_ABANDONED, {"now": now})).rowcount


def _of(account_id: UUID, *states: AccountState) -> sa.Update:
    return sa.update(accounts).where(
        accounts.c.coop == THIS_COOP, accounts.c.account_id == account_id, accounts.c.state.in_(states)
    )


def _chosen(registration: Registration) -> dict[str, Any]:
    return {
        "login_id": registration.login_id,
        "password_hash": registration.password_hash,
        "email": registration.email,
        "email_verified": False,
        "terms_version": registration.terms.version,
        "terms_accepted_at": registration.terms.accepted_at,
    }


def _registered(login_id: str, now: datetime) -> dict[str, Any]:
    return {
        "state": AccountState.REGISTERED,
        "login_id": login_id,
        "login_key": login_key(login_id),
        "registered_at": now,
        "pending_until": None,
    }
