"""Accounts of one co-op."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from adapters.records import MemberNumber
from gateway.store.batches import asked_for, one_each
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.login_ids import login_key
from gateway.store.records import Account, AccountKind, AccountState, NewAccount, TermsAcceptance
from gateway.store.tables import accounts
from gateway.viewer import StaffRole

_ACCOUNTS = sa.select(accounts).where(accounts.c.coop == THIS_COOP)
_BY_ID = _ACCOUNTS.where(asked_for(accounts.c.account_id))
_OF_MEMBERS = _ACCOUNTS.where(asked_for(accounts.c.member_number), accounts.c.kind == AccountKind.MEMBER)
_BY_LOGIN = _ACCOUNTS.where(accounts.c.login_key == sa.bindparam("key", type_=accounts.c.login_key.type))
_SET_PASSWORD = (
    sa.update(accounts)
    .where(accounts.c.coop == THIS_COOP, accounts.c.account_id == sa.bindparam("id", type_=sa.Uuid))
    .values(password_hash=sa.bindparam("new_hash", type_=sa.Text))
    .returning(accounts.c.account_id)
)


class LoginIdTaken(Exception):
    """Somebody in this co-op signs in with it already."""


class AlreadyRegistered(Exception):
    """This member (or this member's guardian) has an account already (A16, A27)."""


@dataclass(frozen=True, slots=True)
class Credential:
    """An account with what its password is checked against. Stays within `gateway.accounts`."""

    account: Account
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one co-op."""

    _at: CoopConnections

    async def by_id(self, ids: Sequence[UUID]) -> Mapping[UUID, Account | None]:
        """Accounts by id; None for ids that this co-op does not know."""
        rows = await self._at.rows(_BY_ID, keys=ids)
        return one_each(ids, map(account_of, rows), lambda account: account.account_id)

    async def of_members(self, numbers: Sequence[MemberNumber]) -> Mapping[MemberNumber, Account | None]:
        """The members' own accounts (not their guardians'); None for who has none."""
        rows = await self._at.rows(_OF_MEMBERS, keys=numbers)
        found = {account.member_number: account for account in map(account_of, rows)}
        return {number: found.get(number) for number in numbers}

    async def by_login_id(self, login_id: str) -> Account | None:
        """The account somebody signs in to with this login ID or e-mail address."""
        credential = await self.credential(login_id)
        return None if credential is None else credential.account

    async def credential(self, login_id: str) -> Credential | None:
        """The same, with the password hash."""
        row = await self._at.row(_BY_LOGIN, key=login_key(login_id))
        return None if row is None else Credential(account_of(row), row.password_hash)

    async def add(self, new: NewAccount, password_hash: str) -> Account:
        """Adds a registered account. Raises `LoginIdTaken` or `AlreadyRegistered`."""
        try:
            return account_of(await self._at.insert_one(accounts, _row_of(new, password_hash)))
        except IntegrityError as error:
            if "uq_accounts_login" in str(error.orig):
                raise LoginIdTaken(new.login_id) from error
            if "uq_accounts_member" in str(error.orig):
                raise AlreadyRegistered(new.member_number) from error
            raise

    async def set_password_hash(self, account_id: UUID, password_hash: str) -> None:
        """Replaces what the password is checked against."""
        await self._at.rows(_SET_PASSWORD, id=account_id, new_hash=password_hash)


def account_of(row: sa.Row[Any]) -> Account:
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
