"""Accounts of one co-op."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from adapters.records import MemberNumber
from gateway.store.batches import BatchRead, asked_for, one_each
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.login_ids import login_key
from gateway.store.prepared import Row
from gateway.store.records import Account, AccountKind, AccountState, NewAccount, TermsAcceptance
from gateway.store.tables import accounts
from gateway.viewer import StaffRole

ACCOUNT = tuple(
    column
    for column in accounts.c
    if column.key not in {"login_key", "password_hash", "reissued_digest", "reissued_until", "pending_until"}
)
"""The columns that `account_of` reads."""
_ACCOUNTS = sa.select(accounts).where(accounts.c.coop == THIS_COOP)
_BY_ID = _ACCOUNTS.where(asked_for(accounts.c.account_id))
_OF_MEMBERS = _ACCOUNTS.where(asked_for(accounts.c.member_number), accounts.c.kind == AccountKind.MEMBER)
_ACCOUNTS_BY_ID: BatchRead[UUID, Account | None] = BatchRead(
    _BY_ID, lambda ids, rows: one_each(ids, map(account_of, rows), lambda account: account.account_id)
)
_ACCOUNTS_OF_MEMBERS: BatchRead[MemberNumber, Account | None] = BatchRead(
    _OF_MEMBERS, lambda numbers, rows: _of_members(numbers, map(account_of, rows))
)
_BY_LOGIN = _ACCOUNTS.where(accounts.c.login_key == sa.bindparam("key", type_=accounts.c.login_key.type))
_OF_ONE = _ACCOUNTS.where(
    accounts.c.member_number == sa.bindparam("number", type_=sa.Text),
    accounts.c.kind == sa.bindparam("whose", type_=accounts.c.kind.type),
)
_THIS = sa.and_(accounts.c.coop == THIS_COOP, accounts.c.account_id == sa.bindparam("id", type_=sa.Uuid))
_CHANGE = sa.update(accounts).where(_THIS).returning(accounts.c.account_id)
_NEW_HASH = sa.bindparam("new_hash", type_=sa.Text)
_REHASH = _CHANGE.where(accounts.c.password_hash == sa.bindparam("old_hash", type_=sa.Text)).values(
    password_hash=_NEW_HASH
)
_NOTHING_REISSUED = {"reissued_digest": None, "reissued_until": None}
_CHANGE_PASSWORD = _CHANGE.values(password_hash=_NEW_HASH, must_change_password=False, **_NOTHING_REISSUED)
_REISSUE = _CHANGE.values(
    reissued_digest=sa.bindparam("digest", type_=sa.LargeBinary),
    reissued_until=sa.bindparam("until", type_=JapanTime),
)
_USE_UP_REISSUED = _CHANGE.where(
    accounts.c.reissued_digest == sa.bindparam("digest", type_=sa.LargeBinary)
).values(**_NOTHING_REISSUED)
_MOVE = _CHANGE.where(accounts.c.state == sa.bindparam("before", type_=accounts.c.state.type)).values(
    state=sa.bindparam("after", type_=accounts.c.state.type)
)
_REQUIRE_NEW_PASSWORD = _CHANGE.values(must_change_password=True)
_LET_GO_OF_LOGIN = (
    sa.update(accounts)
    .where(
        accounts.c.coop == THIS_COOP,
        accounts.c.login_key == sa.bindparam("key", type_=accounts.c.login_key.type),
        accounts.c.state == AccountState.CLOSED,
    )
    .values(login_key=sa.func.concat("closed:", accounts.c.account_id))
    .returning(accounts.c.account_id)
)
_SET_AUTH_CODE = _CHANGE.values(auth_code=sa.bindparam("needed", type_=sa.Boolean))


class LoginIdTaken(Exception):
    """Somebody in this co-op signs in with it already."""


class AlreadyRegistered(Exception):
    """This member (or this member's guardian) has an account already (A16, A27)."""


@dataclass(frozen=True, slots=True)
class Credential:
    """An account with what its password is checked against. Stays within `gateway.accounts`."""

    account: Account
    password_hash: str | None = field(repr=False)
    reissued_digest: bytes | None = field(repr=False)
    reissued_until: datetime | None


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one co-op."""

    _at: CoopConnections

    async def by_id(self, ids: Sequence[UUID]) -> Mapping[UUID, Account | None]:
        """Accounts by id; None for ids that this co-op does not know."""
        return await self._at.read(_ACCOUNTS_BY_ID, ids)

    async def of_members(self, numbers: Sequence[MemberNumber]) -> Mapping[MemberNumber, Account | None]:
        """The members' own accounts (not their guardians'); None for who has none."""
        return await self._at.read(_ACCOUNTS_OF_MEMBERS, numbers)

    async def by_login_id(self, login_id: str) -> Account | None:
        """The account somebody signs in to with this login ID or e-mail address."""
        credential = await self.credential(login_id)
        return None if credential is None else credential.account

    async def signs_in_somebody(self, login_id: str) -> bool:
        """Whether it is taken: what a former member signed in with is free for others."""
        account = await self.by_login_id(login_id)
        return account is not None and account.state is not AccountState.CLOSED

    async def credential(self, login_id: str) -> Credential | None:
        """The same, with the password hash."""
        row = await self._at.row(_BY_LOGIN, key=login_key(login_id))
        return None if row is None else _credential_of(row)

    async def credential_of(self, account_id: UUID) -> Credential | None:
        """The same, of an account that is known."""
        row = await self._at.row(_BY_ID, keys=[account_id])
        return None if row is None else _credential_of(row)

    async def of_one(self, number: MemberNumber, kind: AccountKind) -> Account | None:
        """The account of a member, or of a member's guardian, in whatever state it is."""
        row = await self._at.row(_OF_ONE, number=number, whose=kind)
        return None if row is None else account_of(row)

    async def add(self, new: NewAccount, password_hash: str) -> Account:
        """Adds a registered account. Raises `LoginIdTaken` or `AlreadyRegistered`."""
        await let_go_of_login(self._at, new.login_id)
        return await self._add(_row_of(new, password_hash))

    async def open_provisional(self, kind: AccountKind, number: MemberNumber, login_id: str) -> Account:
        """Adds an account that may only register (A13). Raises `LoginIdTaken` or `AlreadyRegistered`."""
        row = {
            "kind": kind,
            "state": AccountState.PROVISIONAL,
            "login_id": login_id,
            "login_key": login_key(login_id),
            "member_number": number,
        }
        return await self._add(row)

    async def set_password_hash(self, account_id: UUID, password_hash: str, *, replaces: str) -> None:
        """Replaces the hash by another one of the same password, unless it has been changed meanwhile."""
        await self._at.rows(_REHASH, id=account_id, new_hash=password_hash, old_hash=replaces)

    async def change_password(self, account_id: UUID, password_hash: str) -> None:
        """Sets a new password; a reissued one is worth nothing from then on."""
        await self._at.rows(_CHANGE_PASSWORD, id=account_id, new_hash=password_hash)

    async def require_new_password(self, account_id: UUID) -> None:
        """From now on the present password is good for setting a new one only."""
        await self._at.rows(_REQUIRE_NEW_PASSWORD, id=account_id)

    async def set_reissued(self, account_id: UUID, digest: bytes, until: datetime) -> None:
        """Adds a reissued password (A30) beside the old one, in place of one reissued before."""
        await self._at.rows(_REISSUE, id=account_id, digest=digest, until=until)

    async def use_up_reissued(self, account_id: UUID, digest: bytes) -> bool:
        """Takes a reissued password away; False when somebody was faster."""
        return bool(await self._at.rows(_USE_UP_REISSUED, id=account_id, digest=digest))

    async def move(self, account_id: UUID, before: AccountState, after: AccountState) -> bool:
        """Moves an account from one state to another; False when it is not in the first."""
        return bool(await self._at.rows(_MOVE, id=account_id, before=before, after=after))

    async def set_auth_code(self, account_id: UUID, needed: bool) -> None:
        """Notes whether signing in needs a code (E26)."""
        await self._at.rows(_SET_AUTH_CODE, id=account_id, needed=needed)

    async def _add(self, row: dict[str, Any]) -> Account:
        try:
            return account_of(await self._at.insert_one(accounts, row))
        except IntegrityError as error:
            if "uq_accounts_login" in str(error.orig):
                raise LoginIdTaken(row["login_id"]) from error
            if "uq_accounts_member" in str(error.orig):
                raise AlreadyRegistered(row["member_number"]) from error
            raise


def _of_members(
    numbers: Iterable[MemberNumber], accounts: Iterable[Account]
) -> Mapping[MemberNumber, Account | None]:
    found = {account.member_number: account for account in accounts}
    return {number: found.get(number) for number in numbers}


async def let_go_of_login(at: CoopConnections, login_id: str) -> None:
    """Takes a login ID from a closed account, for whoever is to sign in with it from now on."""
    await at.rows(_LET_GO_OF_LOGIN, key=login_key(login_id))


def _credential_of(row: Row) -> Credential:
    return Credential(account_of(row), row.password_hash, row.reissued_digest, row.reissued_until)


def account_of(row: Row) -> Account:
    """The record of a row of `accounts`."""
    return Account(
        account_id=row.account_id,
        coop_code=row.coop,
        kind=row.kind,
        state=row.state,
        login_id=row.login_id,
        email=row.email,
        email_verified=row.email_verified,
        member_number=row.member_number,
        registered_at=row.registered_at,
        auth_code=row.auth_code,
        must_change_password=row.must_change_password,
        terms=row.terms_version and TermsAcceptance(row.terms_version, row.terms_accepted_at),
        name=row.name,
        roles=frozenset(map(StaffRole, row.roles)),
    )


def _row_of(new: NewAccount, password_hash: str) -> dict[str, Any]:
    return {
        "kind": new.kind,
        "state": AccountState.REGISTERED,
        "login_id": new.login_id,
        "login_key": login_key(new.login_id),
        "password_hash": password_hash,
        "email": new.email,
        "email_verified": new.email_verified,
        "member_number": new.member_number,
        "registered_at": new.registered_at,
        "terms_version": new.terms and new.terms.version,
        "terms_accepted_at": new.terms and new.terms.accepted_at,
        "name": new.name,
        "roles": sorted(role.value for role in new.roles),
    }
