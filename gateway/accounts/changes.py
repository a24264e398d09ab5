"""What every change of an account writes beside it: the line in the access log, and whom to tell."""

from uuid import UUID

from gateway.accounts.entrance import Entrance
from gateway.store import CoopStore
from gateway.store.records import AccessAction, AccessOutcome, Account, NewAccessLogEntry, Origin
from gateway.viewer import SessionHolder


async def log_change(
    entrance: Entrance,
    within: CoopStore,
    action: AccessAction,
    account: Account,
    origin: Origin,
    *,
    by: SessionHolder | None = None,
    what: tuple[str, ...] = (),
    note: str | None = None,
) -> None:
    """One line: who did it (`by`; None: the owner, from a link), to whose account, what, when, from where."""
    entry = NewAccessLogEntry(
        at=entrance.clock(),
        action=action,
        outcome=AccessOutcome.ALLOWED,
        origin=origin,
        account_id=account.account_id if by is None else by.account_id,
        session_id=None if by is None else by.session_id,
        member_number=account.member_number,
        what=what,
        reason=note,
    )
    await within.access_log.record([entry])


async def end_sessions(
    entrance: Entrance, within: CoopStore, account: Account, origin: Origin, *, keep: UUID | None = None
) -> None:
    """Ends every session of an account but one, each with its line in the log."""
    now = entrance.clock()
    ended = await within.sessions.end_all(account.account_id, keep=keep)
    await within.access_log.record(
        [
            NewAccessLogEntry(
                at=now,
                action=AccessAction.END_SESSION,
                outcome=AccessOutcome.ALLOWED,
                origin=origin,
                account_id=account.account_id,
                session_id=session_id,
            )
            for session_id in ended
        ]
    )


def reachable_at(account: Account) -> str | None:
    """Where its owner is told of changes: an address that was never verified may be anybody's."""
    return account.email if account.email_verified else None
