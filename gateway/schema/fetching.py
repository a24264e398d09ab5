"""`node` and `nodes`: fetching again by id, authorised anew."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

from adapters.errors import AdapterError
from gateway.context import Context
from gateway.errors import BadInput, Forbidden
from gateway.paging import PAGE_LIMIT
from gateway.resolvers import (
    accounts,
    inquiries,
    members,
    notices,
    places,
    requests,
    statements,
    transactions,
)
from gateway.resolvers.members import FoundMember
from gateway.rules import member_numbers
from gateway.schema.account import Account
from gateway.schema.change_requests import ChangeRequest
from gateway.schema.inquiries import Inquiry
from gateway.schema.member import Member
from gateway.schema.nodes import GlobalId, Node, malformed, read_global_id
from gateway.schema.notices import Notice
from gateway.schema.statements import Statement
from gateway.schema.transactions import Transaction


@contextmanager
def _reading_key() -> Iterator[None]:
    """Whatever a key's parts turn out not to be, the id is none of ours."""
    try:
        yield
    except (ValueError, TypeError) as error:
        raise malformed() from error


async def _visible(context: Context, text: str) -> FoundMember | None:
    """The member whose number stands in an id, once the viewer may see them."""
    with _reading_key():
        number = member_numbers.parse(text, context.at_home().coop.member_numbers)
    return await members.by_number(context, number)


async def _account(context: Context, wanted: GlobalId) -> Node | None:
    with _reading_key():
        (text,) = wanted.key
        account_id = places.identity(text)
    return Account.of(await accounts.by_id(context, account_id))


async def _member(context: Context, wanted: GlobalId) -> Node | None:
    with _reading_key():
        (text,) = wanted.key
    found = await _visible(context, text)
    return None if found is None else Member(found=found, coop=context.at_home().coop)


async def _inquiry(context: Context, wanted: GlobalId) -> Node | None:
    with _reading_key():
        (text,) = wanted.key
        inquiry_id = places.identity(text)
    return Inquiry.of(await inquiries.one(context, inquiry_id), wanted.coop_code)


async def _notice(context: Context, wanted: GlobalId) -> Node | None:
    with _reading_key():
        text, notice_id = wanted.key
    member = await _visible(context, text)
    if member is None:
        return None
    found = await notices.one(context, member.number, notice_id)
    return None if found is None else Notice(record=found, coop=context.at_home().coop)


async def _change_request(context: Context, wanted: GlobalId) -> Node | None:
    with _reading_key():
        text, request_id = wanted.key
        identity = places.identity(request_id)
    member = await _visible(context, text)
    if member is None:
        return None
    found = await requests.one(context, member.number, identity)
    return None if found is None else ChangeRequest.of(found, context.at_home().coop)


async def _statement(context: Context, wanted: GlobalId) -> Node | None:
    with _reading_key():
        text, year, month = wanted.key
        month_of_billing = places.month(year, month)
    member = await _visible(context, text)
    if member is None:
        return None
    found = await statements.of_month(context, member.number, month_of_billing)
    return None if found is None else Statement.of(found, context.at_home().coop)


async def _transaction(context: Context, wanted: GlobalId) -> Node | None:
    with _reading_key():
        text, *parts = wanted.key
        key = places.transaction_key(*parts)
    member = await _visible(context, text)
    if member is None:
        return None
    found = await transactions.one(context, member.number, key)
    return None if found is None else Transaction(record=found, coop=context.at_home().coop)


Fetcher = Callable[[Context, GlobalId], Awaitable[Node | None]]

FETCHERS: dict[str, Fetcher] = {
    "Account": _account,
    "Inquiry": _inquiry,
    "ChangeRequest": _change_request,
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
    fetcher = FETCHERS.get(wanted.type_name)
    if fetcher is None:
        raise malformed()
    return await fetcher(context, wanted)


async def fetch_all(context: Context, node_ids: Sequence[str]) -> list[Node | AdapterError | None]:
    """Several nodes at once, in the order of their ids; `BadInput` for more than a page of them.

    A legacy system that is out costs its own nodes only: the error stands in their place, which is how
    graphql-core takes an error of one element.
    """
    if len(node_ids) > PAGE_LIMIT:
        raise BadInput("ids", f"一度に取得できる件数は{PAGE_LIMIT}までです。")
    return await asyncio.gather(*(_node_or_outage(context, node_id) for node_id in node_ids))


async def _node_or_outage(context: Context, node_id: str) -> Node | AdapterError | None:
    try:
        return await fetch(context, node_id)
    except AdapterError as error:
        return error
