"""職員のアカウント: opened, given roles and closed by whoever runs the gateway, from its command line."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from gateway.accounts.auth_codes import set_totp
from gateway.accounts.changes import end_sessions, log_change
from gateway.accounts.entrance import Entrance
from gateway.accounts.locking import unlock
from gateway.accounts.opening import open_account
from gateway.accounts.password_policy import (
    LONGEST,
    WITH_CODE,
    PasswordFault,
    own_words,
    password_faults,
)
from gateway.accounts.sign_up import signs_in_by_email
from gateway.accounts.totp import enrolment_uri, new_secret
from gateway.rules.email_addresses import usable_email
from gateway.rules.login_ids import usable_login_id
from gateway.store import LoginIdTaken
from gateway.store.records import AccessAction, Account, AccountKind, NewAccount, Origin
from gateway.viewer import StaffRole

COMMAND_LINE = Origin(user_agent="command line")

_FAULTS: Mapping[PasswordFault, str] = {
    PasswordFault.TOO_SHORT: f"The password is too short: {WITH_CODE} characters or more.",
    PasswordFault.TOO_LONG: f"The password is too long: {LONGEST} characters at most.",
    PasswordFault.COMMON: "The password is one of the most common ones.",
    PasswordFault.OWN_WORDS: "The password holds the login ID, the name, the address or words of the co-op.",
}


class StaffRefused(Exception):
    """It cannot be done as it was asked for; says why, a sentence a line."""


@dataclass(frozen=True, slots=True)
class NewStaff:
    """A member of staff to add. `login_id` is None where one signs in by e-mail."""

    login_id: str | None
    name: str
    email: str
    roles: frozenset[StaffRole]
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StaffAdded:
    """The account, and what its owner's authenticator app is to be given (E26). Shown this once."""

    account: Account
    enrolment: str = field(repr=False)


async def add_staff(entrance: Entrance, new: NewStaff) -> StaffAdded:
    """Opens an account that signs in with an app's code. Raises `StaffRefused`."""
    email, login_id = _addressed(entrance, new)
    _require_good_password(entrance, new, login_id)
    account = NewAccount(
        kind=AccountKind.STAFF,
        login_id=login_id,
        registered_at=entrance.clock(),
        email=email,
        email_verified=True,
        name=new.name,
        roles=new.roles,
    )
    try:
        opened = await open_account(entrance.store, entrance.passwords, account, new.password)
    except LoginIdTaken as taken:
        raise StaffRefused(f"{login_id} is taken.") from taken
    secret = new_secret()
    await set_totp(entrance.store, entrance.vault, opened, secret, entrance.clock())
    await _log(entrance, AccessAction.REGISTER, opened)
    return StaffAdded(opened, enrolment_uri(secret, login_id, entrance.coop.name))


async def change_roles(entrance: Entrance, login_id: str, roles: Set[StaffRole]) -> Account:
    """Replaces the roles; sessions go on with the new ones. Raises `StaffRefused`."""
    account = await _staff_account(entrance, login_id)
    changed = await entrance.store.lifecycle.set_roles(account.account_id, roles)
    if changed is None:
        raise StaffRefused(f"{login_id} is closed.")
    await _log(entrance, AccessAction.ROLES_CHANGED, changed)
    return changed


async def close_staff(entrance: Entrance, login_id: str) -> None:
    """Closes the account and ends its sessions, for good. Raises `StaffRefused`."""
    account = await _staff_account(entrance, login_id)
    async with entrance.store.transaction() as within:
        await within.lifecycle.close(account.account_id)
        await end_sessions(entrance, within, account, COMMAND_LINE)
        await log_change(entrance, within, AccessAction.LEFT, account, COMMAND_LINE)


async def unlock_staff(entrance: Entrance, login_id: str) -> bool:
    """Opens a locked account and forgets what was tried against it; False when it was not locked."""
    account = await _staff_account(entrance, login_id)
    return await unlock(entrance, account.account_id, by=None, origin=COMMAND_LINE)


def _addressed(entrance: Entrance, new: NewStaff) -> tuple[str, str]:
    coop, email = entrance.coop, usable_email(new.email)
    if email is None:
        raise StaffRefused("The e-mail address is none.")
    if signs_in_by_email(coop):
        return email, email
    login_id = usable_login_id(new.login_id or "", coop.member_numbers, coop.provisional)
    if login_id is None:
        raise StaffRefused("The login ID must be 4 to 32 half-width letters, digits, `.`, `_` and `-`.")
    return email, login_id


def _require_good_password(entrance: Entrance, new: NewStaff, login_id: str) -> None:
    words = own_words(entrance.coop, login_id, new.email, new.name)
    faults = password_faults(new.password, words, has_code=True)
    if faults:
        raise StaffRefused("\n".join(_FAULTS[fault] for fault in faults))


async def _staff_account(entrance: Entrance, login_id: str) -> Account:
    account = await entrance.store.accounts.by_login_id(login_id)
    if account is None or account.kind is not AccountKind.STAFF:
        raise StaffRefused(f"There is no staff account {login_id}.")
    return account


async def _log(entrance: Entrance, action: AccessAction, account: Account) -> None:
    roles = tuple(sorted(role.value for role in account.roles))
    await log_change(entrance, entrance.store, action, account, COMMAND_LINE, what=roles)
