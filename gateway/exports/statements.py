"""請求明細 as a sheet (E7, E12, E23)."""

from collections.abc import AsyncIterator, Iterator, Sequence

from adapters.records import Page, Statement, YearMonth
from gateway.context import Context
from gateway.exports.heading import heading
from gateway.exports.reading import current, whole
from gateway.exports.sheet import Column, NothingToExport, Row, Sheet
from gateway.outage import LegacySystem
from gateway.paging import PAGE_LIMIT, write_cursor
from gateway.resolvers import statements
from gateway.resolvers.members import FoundMember

TITLE = "請求明細"
COLUMNS = (
    Column("請求月", 24),
    Column("締め日", 24),
    Column("お支払日", 24),
    Column("ご利用日", 24),
    Column("摘要", 64),
    Column("金額（円）", 24),
)


async def statements_sheet(context: Context, member: FoundMember, month: YearMonth | None) -> Sheet:
    """All statements, newest first, or that of one month.

    Raises as `gateway.resolvers.statements`, and `NothingToExport` where there is none.
    """
    pages = _all(context, member) if month is None else _only(context, member, month)
    return Sheet(
        title=TITLE,
        file_name=f"{TITLE}_{context.today if month is None else month}",
        columns=COLUMNS,
        notes=await heading(context, member),
        pages=_rows(current(context, LegacySystem.REGISTRY, pages)),
    )


def _all(context: Context, member: FoundMember) -> AsyncIterator[Sequence[Statement]]:
    async def fetch(after: str | None) -> Page[Statement]:
        page = await statements.page(context, member.number, PAGE_LIMIT, after)
        if page is None:
            raise NothingToExport("請求明細の掲載はありません。")
        return page

    return whole(context, fetch, lambda each: write_cursor(str(each.month.year), str(each.month.month)))


async def _only(
    context: Context, member: FoundMember, month: YearMonth
) -> AsyncIterator[Sequence[Statement]]:
    statement = await statements.of_month(context, member.number, month)
    if statement is None:
        raise NothingToExport(f"{_named(month)}の請求明細はありません。")
    yield [statement]


async def _rows(pages: AsyncIterator[Sequence[Statement]]) -> AsyncIterator[Sequence[Row]]:
    async for page in pages:
        yield [row for statement in page for row in _rows_of(statement)]


def _rows_of(statement: Statement) -> Iterator[Row]:
    month = _named(statement.month)
    for line in statement.lines:
        yield Row((month, statement.closed_on, statement.due_on, line.used_on, line.description, line.amount))
    yield Row(
        (month, statement.closed_on, statement.due_on, None, "ご請求額", statement.total), is_total=True
    )


def _named(month: YearMonth) -> str:
    return f"{month.year}年{month.month}月"
