"""職員によるアカウントの手続き (A33-A35, E2, E26): with an identity check where something is told or changed."""

from adapters.records import MemberNumber
from gateway.accounts import auth_codes, disclosure, locking, recovery, share_payments, share_refunds
from gateway.accounts.disclosure import IdentityCheck
from gateway.accounts.recovery import RecoveryRequested
from gateway.accounts.refusals import (
    AccountNotFound,
    EmailInUse,
    EmailRefused,
    IdentityCheckMissing,
    MemberNotFound,
)
from gateway.accounts.share_payments import SharePaymentConfirmed
from gateway.accounts.share_refunds import CancelRefusal, RefundRefusal, RefundToCancel, RefundToRecord
from gateway.accounts.whose import AccountOf
from gateway.context import Context
from gateway.errors import Forbidden
from gateway.resolvers.entrances import MalformedNumber, malformed, own_entrance
from gateway.store.records import Account, ShareRefund
from gateway.viewer import StaffViewer

NotThere = AccountNotFound | MalformedNumber


def staff_of(context: Context) -> StaffViewer:
    """The member of staff who is asking."""
    if not isinstance(context.viewer, StaffViewer):
        raise Forbidden
    return context.viewer


async def disclose_login(
    context: Context, whose: AccountOf, check: IdentityCheck
) -> Account | IdentityCheckMissing | NotThere:
    """What staff tell the caller they made sure of: login ID and address (A33, E2)."""
    entrance, by = own_entrance(context), staff_of(context)
    wrong = malformed(entrance.coop, whose.member_number)
    return wrong or await disclosure.disclose_login(entrance, by, whose, check, context.origin)


async def change_account_email(
    context: Context, whose: AccountOf, email: str, check: IdentityCheck
) -> Account | IdentityCheckMissing | EmailRefused | EmailInUse | NotThere:
    """メールアドレスの変更 for who cannot get in any more (A35)."""
    entrance, by = own_entrance(context), staff_of(context)
    wrong = malformed(entrance.coop, whose.member_number)
    return wrong or await disclosure.change_account_email(entrance, by, whose, email, check, context.origin)


async def start_password_reset(context: Context, whose: AccountOf) -> RecoveryRequested | NotThere:
    """Started by staff, ended by the owner: staff never choose or see a password (A34)."""
    entrance, by = own_entrance(context), staff_of(context)
    wrong = malformed(entrance.coop, whose.member_number)
    return wrong or await recovery.start_password_reset(entrance, by, whose, context.origin)


async def unlock(context: Context, whose: AccountOf) -> Account | NotThere | None:
    """ロックの解除 (E26), of the account and of the provisional credentials; None where there are only those."""
    entrance, by = own_entrance(context), staff_of(context)
    account = await _account(context, whose)
    if isinstance(account, Account):
        await locking.unlock(entrance, account.account_id, by, context.origin)
    if entrance.coop.provisional is None or isinstance(account, MalformedNumber):
        return await _account(context, whose)
    await locking.unlock_provisional(entrance, whose.member_number, by, context.origin)
    return await entrance.store.accounts.of_one(whose.member_number, whose.kind)


async def remove_auth_code(
    context: Context, whose: AccountOf, check: IdentityCheck
) -> Account | IdentityCheckMissing | NotThere:
    """認証コードの解除 for who lost the phone and the recovery codes."""
    account = await disclose_login(context, whose, check)
    if isinstance(account, Account):
        entrance, by = own_entrance(context), staff_of(context)
        await auth_codes.remove_auth_code(entrance, account.account_id, by, context.origin)
    return account


async def confirm_share_payment(
    context: Context, number: MemberNumber
) -> SharePaymentConfirmed | MemberNotFound | MalformedNumber:
    """出資金の入金確認: makes a member, who is invited to MyPage by mail (E10, E11)."""
    entrance, by = own_entrance(context), staff_of(context)
    wrong = malformed(entrance.coop, number)
    return wrong or await share_payments.confirm_share_payment(entrance, by, number, context.origin)


async def record_share_refund(
    context: Context, refund: RefundToRecord
) -> ShareRefund | RefundRefusal | MalformedNumber:
    """出資金の返還: ends the membership and everything that was opened for the member (E22, E24)."""
    entrance, by = own_entrance(context), staff_of(context)
    wrong = malformed(entrance.coop, refund.member_number)
    return wrong or await share_refunds.record_share_refund(entrance, by, refund, context.origin)


async def cancel_share_refund(
    context: Context, mistake: RefundToCancel
) -> ShareRefund | CancelRefusal | MalformedNumber:
    """返還の記録の取消: opens again what the refund has closed (E22)."""
    entrance, by = own_entrance(context), staff_of(context)
    wrong = malformed(entrance.coop, mistake.member_number)
    return wrong or await share_refunds.cancel_share_refund(entrance, by, mistake, context.origin)


async def _account(context: Context, whose: AccountOf) -> Account | NotThere:
    entrance = own_entrance(context)
    wrong = malformed(entrance.coop, whose.member_number)
    if wrong is not None:
        return wrong
    account = await entrance.store.accounts.of_one(whose.member_number, whose.kind)
    return account or AccountNotFound()
