"""Mail that somebody asks to be sent: how often, and its line in the access log."""

from datetime import datetime

from gateway.accounts.entrance import Entrance
from gateway.accounts.networks import network_of
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.throttle import Use, reserve
from gateway.accounts.throttle_limits import Scope
from gateway.store import CoopStore
from gateway.store.login_ids import login_key
from gateway.store.records import AccessAction, NewAccessLogEntry, Origin
from gateway.viewer import SessionHolder


async def reserve_mail(entrance: Entrance, subject: str, origin: Origin) -> TooManyAttempts | None:
    """Counts a mail by who asks for it and by whom it concerns: an address, an ID or a number as it was typed."""
    recipient = Use(Scope.MAIL_TO_RECIPIENT, login_key(subject))
    return await reserve(entrance, [Use(Scope.MAIL_FROM_ADDRESS, network_of(origin)), recipient])


async def log_mail_request(
    within: CoopStore, by: SessionHolder, what: str, origin: Origin, now: datetime
) -> None:
    """One line: who had what mailed."""
    entry = NewAccessLogEntry.of_session(
        by,
        now,
        AccessAction.MAIL_REQUESTED,
        origin,
        what=(what,),
    )
    await within.access_log.record([entry])
