"""請求明細 (E7, E12)."""

from datetime import date

import strawberry

from adapters import records
from adapters.records import YearMonth
from gateway.coop import Coop as CoopConfig
from gateway.paging import write_cursor
from gateway.schema.connections import Connection, connection
from gateway.schema.nodes import Node, write_global_id
from gateway.schema.scalars import Yen


@strawberry.type(description="請求明細の一行.")
class StatementLine:
    """One line."""

    used_on: date = strawberry.field(description="ご利用日.")
    description: str = strawberry.field(description="摘要.")
    amount: Yen = strawberry.field(description="金額, negative for a reversal.")

    @classmethod
    def of(cls, record: records.StatementLine) -> "StatementLine":
        """From the domain."""
        return cls(used_on=record.used_on, description=record.description, amount=Yen(record.amount))


@strawberry.type(description="請求明細 of one billing month (E12, X17).")
class Statement(Node):
    """One statement."""

    month: YearMonth = strawberry.field(description="請求月: the month after the closing day.")
    closed_on: date = strawberry.field(description="締め日: the last day it holds.")
    due_on: date | None = strawberry.field(description="お支払日.")
    total: Yen = strawberry.field(description="請求額.")
    lines: list[StatementLine] = strawberry.field(description="明細.")

    @classmethod
    def of(cls, record: records.Statement, coop: CoopConfig) -> "Statement":
        """From the domain."""
        year, month = record.month
        return cls(
            id=write_global_id("Statement", coop.code, record.member_number, str(year), str(month)),
            month=record.month,
            closed_on=record.closed_on,
            due_on=record.due_on,
            total=Yen(record.total),
            lines=[StatementLine.of(line) for line in record.lines],
        )


StatementConnection = Connection[Statement]


def statement_connection(
    page: records.Page[records.Statement], coop: CoopConfig, after: str | None
) -> StatementConnection:
    """A page of statements."""
    return connection(
        page.items,
        node=lambda record: Statement.of(record, coop),
        cursor=lambda record: write_cursor(str(record.month.year), str(record.month.month)),
        has_next=page.has_next,
        after=after,
    )
