"""アクセスログ of the whole co-op (E26, E27), for its auditors."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from adapters.records import MemberNumber, Page
from gateway.clock import JAPAN
from gateway.context import Context
from gateway.errors import BadInput
from gateway.paging import page_size, read_cursor
from gateway.resolvers import places
from gateway.store.records import AccessAction, AccessLogEntry, AccessLogQuery, AccessOutcome, Account


@dataclass(frozen=True, slots=True)
class Search:
    """What an auditor looks for; None means all."""

    login_id: str | None = None
    member_number: MemberNumber | None = None
    action: AccessAction | None = None
    outcome: AccessOutcome | None = None
    since: datetime | None = None
    until: datetime | None = None


async def page(context: Context, search: Search, first: int, after: str | None) -> Page[AccessLogEntry]:
    """Entries that fit, newest first."""
    store = context.at_home().store
    account_id = None
    if search.login_id is not None:
        account = await store.accounts.by_login_id(search.login_id)
        if account is None:
            return Page([], has_next=False)
        account_id = account.account_id
    query = AccessLogQuery(
        limit=page_size(first),
        after=read_cursor(after, places.entry_id),
        account_id=account_id,
        member_number=search.member_number,
        action=search.action,
        outcome=search.outcome,
        since=_in_japan("since", search.since),
        until=_in_japan("until", search.until),
    )
    return await store.access_log.page(query)


async def account(context: Context, account_id: UUID | None) -> Account | None:
    """Whose account an entry names; whoever has the entry may know."""
    return None if account_id is None else await context.at_home().load.own.accounts.load(account_id)


def _in_japan(argument: str, time: datetime | None) -> datetime | None:
    if time is not None and time.tzinfo is None:
        raise BadInput(argument, "日時には時差を付けてご指定ください（例: 2026-11-20T12:00:00+09:00）。")
    try:
        return None if time is None else time.astimezone(JAPAN)
    except OverflowError as error:
        raise BadInput(argument, "日時が暦の範囲を超えています。") from error
