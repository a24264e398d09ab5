"""Who is told by mail what becomes of a request: who asked, and the member it is about.

Staff get no mail: they ask many times a day, and see where each request stands.
"""

from collections.abc import Iterable

from gateway import mails
from gateway.accounts.changes import reachable_at
from gateway.accounts.whose import is_in_use
from gateway.coop import Coop
from gateway.mails import Told
from gateway.store import CoopStore
from gateway.store.records import Account, ChangeRequest, ChangeRequestKind, ChangeRequestState
from gateway.viewer import AccountKind


async def tell_received(within: CoopStore, coop: Coop, request: ChangeRequest) -> None:
    """Mails that a request was received. Of what is done at a register, only a suspension is told twice."""
    told, recipients = await _story(within, request)
    if _is_followed(told):
        for recipient in recipients:
            await mails.queue_request_received(within, coop, recipient, told)


async def tell_settled(within: CoopStore, coop: Coop, request: ChangeRequest) -> None:
    """Mails how a settled request ended. A refusal goes to who was told of its beginning."""
    told, recipients = await _story(within, request)
    if request.settled_at is not None and (request.state is ChangeRequestState.DONE or _is_followed(told)):
        for recipient in recipients:
            await mails.queue_request_settled(within, coop, recipient, told, request.settled_at)


def _is_followed(told: Told) -> bool:
    return told.asked_by is not AccountKind.STAFF or told.request.kind is ChangeRequestKind.PICO_SUSPENSION


async def _story(within: CoopStore, request: ChangeRequest) -> tuple[Told, Iterable[str]]:
    asking = [] if request.requested_by is None else [request.requested_by]
    asker = next(iter((await within.accounts.by_id(asking)).values()), None)
    member = (await within.accounts.of_members([request.member_number]))[request.member_number]
    asked_by = AccountKind.STAFF if asker is None else asker.kind
    return Told(request, asked_by), _addresses(asker, member)


def _addresses(*accounts: Account | None) -> Iterable[str]:
    told = (account for account in accounts if account is not None and _gets_mail(account))
    return dict.fromkeys(address for account in told if (address := reachable_at(account)) is not None)


def _gets_mail(account: Account) -> bool:
    return account.kind is not AccountKind.STAFF and is_in_use(account)
