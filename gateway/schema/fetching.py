"""`node` and `nodes`: fetching again by id, authorised anew."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from adapters.records import MemberNumber
from gateway.context import Context
from gateway.errors import BadInput, Forbidden
from gateway.paging import PAGE_LIMIT
from gateway.resolvers import accounts, members, notices, statements, transactions
from gateway.schema.account import Account
from gateway.schema.member import Member
from gateway.schema.nodes import GlobalId, Node, read_global_id
from gateway.schema.notices import Notice
from gateway.schema.statements import Statement
from gateway.schema.transactions import Transaction


async def _account(context: Context, wanted: GlobalId) -> Node | None:
    (account_id,) = wanted.key
    return Account.of(await accounts.by_id(context, UUID(account_id)))


async def _member(context: Context, wanted: GlobalId) -> Node | None:
    (number,) = wanted.key
    found = await members.by_number(context, MemberNumber(number))
    return None if found is None else Member.of(found, context.at_home().coop)


async def _notice(context: Context, wanted: GlobalId) -> Node | None:
    number, notice_id = wanted.key
    await members.by_number(context, MemberNumber(number))
    found = await notices.one(context, MemberNumber(number), notice_id)
    return None if found is None else Notice.of(found, context.at_home().coop)


async def _statement(context: Context, wanted: GlobalId) -> Node | None:
    number, year, month = wanted.key
    await members.by_number(context, MemberNumber(number))
    month_of_billing = statements.read_month(year, month)
    found = await statements.of_month(context, MemberNumber(number), month_of_billing)
    return None if found is None else Statement.of(found, context.at_home().coop)


async def _transaction(context: Context, wanted: GlobalId) -> Node | None:
    number, *key = wanted.key
    await members.by_number(context, MemberNumber(number))
    found = await transactions.one(context, MemberNumber(number), transactions.read_key(*key))
    return None if found is None else Transaction.of(found, context.at_home().coop)


Fetcher = Callable[[Context, GlobalId], Awaitable[Node | None]]

FETCHERS: dict[str, Fetcher] = {
    "Account": _account,
    "Member": _member,
    "Notice": _notice,
    "Statement": _statement,
    "Transaction": _transaction,
}
"""Every type that is a Node, and the way to one that authorises the viewer."""


async def fetch(context: Context, node_id: str) -> Node | None:
    """The node of an id, None when it is gone.

    Raises `BadInput` for what is no id, `Forbidden` for a node the viewer may not see.
    """
    wanted = read_global_id(node_id)
    if wanted.coop_code != context.at_home().coop.code:
        raise Forbidden
    try:
        return await FETCHERS[wanted.type_name](context, wanted)
    except (KeyError, ValueError, TypeError) as error:
        raise BadInput("id", "IDの形式が正しくありません。") from error


async def fetch_all(context: Context, node_ids: Sequence[str]) -> list[Node | None]:
    """Several nodes at once, in the order of their ids; `BadInput` for more than a page of them."""
    if len(node_ids) > PAGE_LIMIT:
        raise BadInput("ids", f"一度に取得できる件数は{PAGE_LIMIT}までです。")
    return await asyncio.gather(*(fetch(context, node_id) for node_id in node_ids))
