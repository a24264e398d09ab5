"""登録: both ways to a registered account (A8-A27)."""

from gateway.accounts import provisional_registration, registration
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.provisional_registration import SentTestMail
from gateway.accounts.refusals import (
    EmailRefused,
    LinkInvalid,
    LoginIdInUse,
    LoginIdRefused,
    MemberNotFound,
    NotAMemberYet,
    PasswordRefused,
    ProvisionalSignInRequired,
    RegisteredAlready,
    TermsNotAccepted,
)
from gateway.accounts.registration import ConfirmRegistration, RegistrationStarted, StartRegistration
from gateway.accounts.sign_up import SignUp
from gateway.context import Context
from gateway.errors import Forbidden
from gateway.resolvers.entrances import MalformedNumber, entrance_of, malformed, own_entrance
from gateway.resolvers.sign_in import leave
from gateway.store.records import Account
from gateway.viewer import LimitedViewer

Chosen = TermsNotAccepted | EmailRefused | LoginIdRefused | LoginIdInUse | PasswordRefused
Standing = MemberNotFound | RegisteredAlready | NotAMemberYet


async def start(
    context: Context, coop_code: str, wanted: StartRegistration
) -> RegistrationStarted | Chosen | Standing | ProvisionalSignInRequired | MalformedNumber | TooManyAttempts:
    """新規登録: the first step, which mails the URL of the second (A15, A21)."""
    entrance = entrance_of(context, coop_code)
    wrong = malformed(entrance.coop, wanted.member_number)
    return wrong or await registration.start_registration(entrance, wanted, context.origin)


async def confirm(
    context: Context, coop_code: str, wanted: ConfirmRegistration
) -> Account | LinkInvalid | LoginIdInUse | TooManyAttempts:
    """本登録: the second step (A22)."""
    entrance = entrance_of(context, coop_code)
    return await registration.confirm_registration(entrance, wanted, context.origin)


async def send_test_mail(context: Context, email: str) -> SentTestMail | EmailRefused | TooManyAttempts:
    """メール送信テスト (A17)."""
    entrance, viewer = own_entrance(context), _registering(context)
    return await provisional_registration.send_test_mail(entrance, viewer, email, context.origin)


async def complete(context: Context, sign_up: SignUp) -> Account | Chosen | Standing | TooManyAttempts:
    """From the provisional session; it ends with it, and one signs in anew (A18, A19)."""
    entrance, viewer = own_entrance(context), _registering(context)
    outcome = await provisional_registration.complete_registration(entrance, viewer, sign_up, context.origin)
    if isinstance(outcome, Account):
        leave(context)
    return outcome


def _registering(context: Context) -> LimitedViewer:
    if not isinstance(context.viewer, LimitedViewer):
        raise Forbidden
    return context.viewer
