"""職員によるアカウントの手続き (A33-A35, E2, E26)."""

from typing import Annotated

import strawberry

from adapters.records import MemberNumber
from gateway.accounts.disclosure import IdentityCheck, IdentityCheckMethod
from gateway.accounts.recovery import RecoveryRequested
from gateway.accounts.whose import AccountOf
from gateway.resolvers import staff_accounts as resolver
from gateway.resolvers.entrances import MalformedNumber
from gateway.schema.info import Info
from gateway.schema.refusals import Refusal, refused
from gateway.schema.registration import Registrant
from gateway.schema.scalars import EmailAddress
from gateway.schema.user_errors import UserError
from gateway.store.records import Account, AccountKind, AccountState


@strawberry.input(description="Whose account: that of a member of the staff's own co-op, or of the guardian.")
class AccountOfInput:
    """Number and kind."""

    member_number: MemberNumber = strawberry.field(description="組合員番号; for a guardian the student's.")
    kind: Registrant = strawberry.field(default=Registrant.MEMBER, description="組合員本人か保護者か.")

    def to_domain(self) -> AccountOf:
        """As the accounts take it."""
        return AccountOf(self.member_number, self.kind.to_domain())


@strawberry.input(
    description="本人確認 (A33, E2): how staff made sure who is asking. Kept in the access log."
)
class IdentityCheckInput:
    """Method and note."""

    method: IdentityCheckMethod = strawberry.field(description="確認方法.")
    note: str = strawberry.field(description="What was checked, for the auditors.")

    def to_domain(self) -> IdentityCheck:
        """As the accounts take it."""
        return IdentityCheck(self.method, self.note)


@strawberry.type(description="An account as staff see it: never the password (A34).")
class StaffAccountView:
    """What staff may tell its owner, once they know who that is."""

    kind: AccountKind = strawberry.field(description="本人・保護者.")
    state: AccountState = strawberry.field(description="状態.")
    login_id: str = strawberry.field(description="ログインID.")
    email: EmailAddress | None = strawberry.field(description="メールアドレス.")
    email_verified: bool = strawberry.field(description="Whether mail sent there was confirmed.")

    @classmethod
    def of(cls, record: Account) -> "StaffAccountView":
        """From the store."""
        return cls(
            kind=record.kind,
            state=record.state,
            login_id=record.login_id,
            email=None if record.email is None else EmailAddress(record.email),
            email_verified=record.email_verified,
        )


@strawberry.input(description="登録メールアドレス・ログインIDのご案内 (A33, E2).")
class DiscloseLoginInput:
    """Whose, and how they were recognised."""

    account: AccountOfInput = strawberry.field(description="Whose account.")
    identity_check: IdentityCheckInput = strawberry.field(description="本人確認.")


@strawberry.type(description="What staff may tell the person.")
class DiscloseLoginPayload:
    """The account, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    account: StaffAccountView | None = strawberry.field(default=None, description="The account.")


@strawberry.input(description="職員によるメールアドレスの変更 (A35).")
class ChangeAccountEmailInput:
    """Whose, the new address, and how they were recognised."""

    account: AccountOfInput = strawberry.field(description="Whose account.")
    email: EmailAddress = strawberry.field(description="新しいメールアドレス.")
    identity_check: IdentityCheckInput = strawberry.field(description="本人確認.")


@strawberry.type(description="The outcome: completion and login ID are mailed to the new address (A35).")
class ChangeAccountEmailPayload:
    """The account, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    account: StaffAccountView | None = strawberry.field(default=None, description="The account as it is now.")


@strawberry.input(description="パスワード再発行の開始 by staff, who never see it (A34).")
class StartPasswordResetInput:
    """Whose."""

    account: AccountOfInput = strawberry.field(description="Whose account.")


@strawberry.type(description="The outcome of starting a reset: the owner gets the mail.")
class StartPasswordResetPayload:
    """What to tell the person, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    message: str | None = strawberry.field(default=None, description="For the person.")


@strawberry.input(description="ロックの解除 (E26).")
class UnlockAccountInput:
    """Whose."""

    account: AccountOfInput = strawberry.field(description="Whose account.")


@strawberry.type(description="The outcome of unlocking: what was tried against the account is forgotten.")
class UnlockAccountPayload:
    """The account, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    account: StaffAccountView | None = strawberry.field(
        default=None,
        description="The account as it is now; null where there are only provisional credentials, unlocked too.",
    )


@strawberry.input(description="認証コードの解除 for who lost the app and the recovery codes (E26).")
class RemoveAuthCodeInput:
    """Whose."""

    account: AccountOfInput = strawberry.field(description="Whose account.")
    identity_check: IdentityCheckInput = strawberry.field(description="本人確認.")


@strawberry.type(description="The outcome of removing the code; the owner is told by mail.")
class RemoveAuthCodePayload:
    """The account, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    account: StaffAccountView | None = strawberry.field(default=None, description="The account as it is now.")


async def disclose_login(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        DiscloseLoginInput, strawberry.argument(description="Whose, and how they were recognised.")
    ],
) -> DiscloseLoginPayload:
    """Recorded with the identity check."""
    outcome = await resolver.disclose_login(
        info.context, input.account.to_domain(), input.identity_check.to_domain()
    )
    if isinstance(outcome, Account):
        return DiscloseLoginPayload(errors=[], account=StaffAccountView.of(outcome))
    return DiscloseLoginPayload(errors=_refused(info, outcome))


async def change_account_email(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        ChangeAccountEmailInput, strawberry.argument(description="Whose, and the new address.")
    ],
) -> ChangeAccountEmailPayload:
    """Recorded with the identity check; the old address is told too."""
    outcome = await resolver.change_account_email(
        info.context, input.account.to_domain(), input.email, input.identity_check.to_domain()
    )
    if isinstance(outcome, Account):
        return ChangeAccountEmailPayload(errors=[], account=StaffAccountView.of(outcome))
    return ChangeAccountEmailPayload(errors=_refused(info, outcome))


async def start_password_reset(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        StartPasswordResetInput, strawberry.argument(description="Whose.")
    ],
) -> StartPasswordResetPayload:
    """By the co-op's own way of recovery (X15)."""
    outcome = await resolver.start_password_reset(info.context, input.account.to_domain())
    if isinstance(outcome, RecoveryRequested):
        return StartPasswordResetPayload(errors=[], message=outcome.message)
    return StartPasswordResetPayload(errors=_refused(info, outcome))


async def unlock_account(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        UnlockAccountInput, strawberry.argument(description="Whose.")
    ],
) -> UnlockAccountPayload:
    """Logged."""
    outcome = await resolver.unlock(info.context, input.account.to_domain())
    if outcome is None:
        return UnlockAccountPayload(errors=[])
    if isinstance(outcome, Account):
        return UnlockAccountPayload(errors=[], account=StaffAccountView.of(outcome))
    return UnlockAccountPayload(errors=_refused(info, outcome))


async def remove_auth_code(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        RemoveAuthCodeInput, strawberry.argument(description="Whose.")
    ],
) -> RemoveAuthCodePayload:
    """Logged with the identity check."""
    outcome = await resolver.remove_auth_code(
        info.context, input.account.to_domain(), input.identity_check.to_domain()
    )
    if isinstance(outcome, Account):
        return RemoveAuthCodePayload(errors=[], account=StaffAccountView.of(outcome))
    return RemoveAuthCodePayload(errors=_refused(info, outcome))


def _refused(info: Info, refusal: Refusal) -> list[UserError]:
    within_account = ("account", "memberNumber") if isinstance(refusal, MalformedNumber) else ()
    return refused(refusal, info.context.clock(), *within_account)
