"""請求明細 (E7): closed on the 20th, billed the month after (E12, X17)."""

from collections.abc import Mapping, Sequence

from adapters.records import (
    MemberNumber,
    Page,
    ShareCapital,
    Statement,
    StatementKey,
    StatementsQuery,
    YearMonth,
)
from gateway.context import Context, Place, Section
from gateway.coop_terms import CoopFeature
from gateway.paging import page_size, read_cursor
from gateway.resolvers import places
from gateway.resolvers.for_many import only, values
from gateway.resolvers.members import require_viewable
from gateway.rules import billing


async def _enter(context: Context, numbers: Sequence[MemberNumber]) -> Place | None:
    if CoopFeature.STATEMENTS not in context.at_home().coop.features:
        return None
    await require_viewable(context)
    return context.enter_all(numbers, Section.STATEMENTS)


async def of_month(context: Context, number: MemberNumber, month: YearMonth) -> Statement | None:
    """The statement billed in that month, None when nothing was."""
    place = await _enter(context, [number])
    if place is None:
        return None
    return (await place.load.registry.statement.load(StatementKey(number, month))).value


async def page(
    context: Context, number: MemberNumber, first: int, after: str | None
) -> Page[Statement] | None:
    """Statements, newest first; None where the co-op bills nobody."""
    return only(await pages(context, [number], first, after), number)


async def pages(
    context: Context, numbers: Sequence[MemberNumber], first: int, after: str | None
) -> Mapping[MemberNumber, Page[Statement] | Exception | None]:
    """The same of several members."""
    place = await _enter(context, numbers)
    if place is None:
        return dict.fromkeys(numbers)
    queries = [_query(number, first, after) for number in numbers]
    found = values(await place.load.registry.statements.load_each(queries))
    return {query.member_number: page for query, page in found.items()}


def _query(number: MemberNumber, first: int, after: str | None) -> StatementsQuery:
    return StatementsQuery(number, before=read_cursor(after, places.month), limit=page_size(first))


def share_billing_month(context: Context, share: ShareCapital) -> YearMonth | None:
    """The month in which unpaid share capital is billed, by the day it was applied for (E12, X17).

    None once it is paid, and where the co-op bills nobody.
    """
    rules = context.at_home().coop.billing
    if rules is None or share.paid_on is not None:
        return None
    return billing.billing_month(share.applied_on or context.today, rules.closing_day)
