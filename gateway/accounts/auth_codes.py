"""認証コードの設定 (E26): choosing where the code at sign-in comes from, with the current password again."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from gateway.accounts.auth_code_setting import RecoveryCodes, announce, choose, new_codes
from gateway.accounts.challenges import method_at_sign_in
from gateway.accounts.changes import log_change
from gateway.accounts.code_checking import TOTP_SECRET, as_typed
from gateway.accounts.confirming import confirm_password
from gateway.accounts.entrance import Entrance
from gateway.accounts.identifying import use_of_code
from gateway.accounts.locking import lock_when_due
from gateway.accounts.outcomes import InvalidAuthCode, InvalidCredentials, TooManyAttempts
from gateway.accounts.password_policy import ALONE, length_of
from gateway.accounts.throttle import clear, count
from gateway.accounts.totp import enrolment_uri, matching_step, new_secret
from gateway.accounts.vault import Vault
from gateway.store import CoopStore
from gateway.store.records import AccessAction, Account, AccountKind, AuthCodeMethod, Origin
from gateway.viewer import SignedInViewer, StaffViewer


@dataclass(frozen=True, slots=True)
class TotpEnrolment:
    """What an app is to be given: typed in, or as a QR code. Shown this once."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class EmailNotVerified:
    """No code can go to an address that nobody has proved to be theirs."""


@dataclass(frozen=True, slots=True)
class NoAuthCode:
    """The account has no app whose loss recovery codes could make up for."""


@dataclass(frozen=True, slots=True)
class StaffNeedCode:
    """Staff never sign in with a password alone."""


@dataclass(frozen=True, slots=True)
class PasswordTooShortAlone:
    """The password is long enough beside a code and not without one: a longer one comes first."""


async def auth_code_method(entrance: Entrance, account: Account) -> AuthCodeMethod:
    """Where an account's code comes from, whether it was chosen or not."""
    return await method_at_sign_in(entrance, account) or AuthCodeMethod.NONE


async def use_email_codes(
    entrance: Entrance, viewer: SignedInViewer, password: str, origin: Origin
) -> Account | InvalidCredentials | TooManyAttempts | EmailNotVerified:
    """From now on a code is mailed at sign-in."""
    account = await confirm_password(entrance, viewer, password, origin)
    if not isinstance(account, Account):
        return account
    if account.email is None or not account.email_verified:
        return EmailNotVerified()
    async with entrance.store.transaction() as within:
        await choose(within, account, AuthCodeMethod.EMAIL, entrance.clock())
        await announce(entrance, within, account, AuthCodeMethod.EMAIL, viewer, origin)
    return account


async def begin_totp(
    entrance: Entrance, viewer: SignedInViewer, password: str, origin: Origin
) -> TotpEnrolment | InvalidCredentials | TooManyAttempts:
    """Offers a secret to an app. Nothing changes until `finish_totp` has seen a code of it."""
    account = await confirm_password(entrance, viewer, password, origin)
    if not isinstance(account, Account):
        return account
    secret = new_secret()
    sealed = entrance.vault.seal(TOTP_SECRET, secret)
    await entrance.store.auth_codes.offer(account.account_id, sealed, entrance.clock())
    return TotpEnrolment(secret, enrolment_uri(secret, account.login_id, entrance.coop.name))


async def finish_totp(
    entrance: Entrance, viewer: SignedInViewer, code: str, origin: Origin
) -> RecoveryCodes | InvalidAuthCode | TooManyAttempts:
    """From now on the app's code is asked at sign-in; gives the recovery codes."""
    account = (await entrance.store.accounts.by_id([viewer.account_id]))[viewer.account_id]
    if account is None:
        return InvalidAuthCode()
    counted = await count(entrance, [use_of_code(account.login_id)])
    if isinstance(counted, TooManyAttempts):
        return counted
    setting = await entrance.store.auth_codes.setting(account.account_id)
    offered = setting and setting.offered_secret
    step = offered and matching_step(
        entrance.vault.open(TOTP_SECRET, offered), as_typed(code), entrance.clock()
    )
    if not offered or not step:
        await lock_when_due(entrance, account, counted, origin)
        return InvalidAuthCode()
    await clear(entrance, [use_of_code(account.login_id)])
    async with entrance.store.transaction() as within:
        await choose(within, account, AuthCodeMethod.TOTP, entrance.clock(), secret=offered, step=step)
        codes = await new_codes(entrance, within, account)
        await announce(entrance, within, account, AuthCodeMethod.TOTP, viewer, origin)
    return codes


async def new_recovery_codes(
    entrance: Entrance, viewer: SignedInViewer, password: str, origin: Origin
) -> RecoveryCodes | InvalidCredentials | TooManyAttempts | NoAuthCode:
    """Ten new ones; those from before are worth nothing any more."""
    account = await confirm_password(entrance, viewer, password, origin)
    if not isinstance(account, Account):
        return account
    if await auth_code_method(entrance, account) is not AuthCodeMethod.TOTP:
        return NoAuthCode()
    async with entrance.store.transaction() as within:
        codes = await new_codes(entrance, within, account)
        await log_change(
            entrance, within, AccessAction.AUTH_CODE_SET, account, origin, by=viewer, what=("RECOVERY_CODES",)
        )
    return codes


async def turn_off_auth_code(
    entrance: Entrance, viewer: SignedInViewer, password: str, origin: Origin
) -> Account | InvalidCredentials | TooManyAttempts | StaffNeedCode | PasswordTooShortAlone:
    """From now on the password is enough, if it is long enough for that."""
    if isinstance(viewer, StaffViewer):
        return StaffNeedCode()
    account = await confirm_password(entrance, viewer, password, origin)
    if not isinstance(account, Account):
        return account
    if length_of(password) < ALONE:
        return PasswordTooShortAlone()
    async with entrance.store.transaction() as within:
        await choose(within, account, AuthCodeMethod.NONE, entrance.clock())
        await announce(entrance, within, account, AuthCodeMethod.NONE, viewer, origin)
    return account


async def remove_auth_code(entrance: Entrance, account_id: UUID, by: StaffViewer, origin: Origin) -> bool:
    """Takes the code away from who lost the app and the recovery codes, after staff have checked who they are.

    False when there is no such account or it has no code. Staff get their code by e-mail from then on; everybody
    else has to set a new password first, for theirs may be too short to stand alone.
    """
    account = (await entrance.store.accounts.by_id([account_id]))[account_id]
    chosen = (await entrance.store.auth_codes.methods([account_id]))[account_id]
    if account is None or chosen is AuthCodeMethod.NONE:
        return False
    async with entrance.store.transaction() as within:
        await choose(within, account, AuthCodeMethod.NONE, entrance.clock())
        await announce(entrance, within, account, AuthCodeMethod.NONE, by, origin)
        if account.kind is not AccountKind.STAFF:
            await within.accounts.require_new_password(account_id)
    return True


async def set_totp(store: CoopStore, vault: Vault, account: Account, secret: str, now: datetime) -> None:
    """Gives an account an app's secret that is known already: for staff added by an administrator, and the demo."""
    async with store.transaction() as within:
        await choose(within, account, AuthCodeMethod.TOTP, now, secret=vault.seal(TOTP_SECRET, secret))
