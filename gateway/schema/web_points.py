"""Webポイント: earned in the app, moved to prepaid on request (B5–B9)."""

from datetime import date

import strawberry

from adapters import records
from adapters.records import WebPointEntryKind
from gateway.paging import page_of, page_size, read_cursor, write_cursor
from gateway.resolvers import pico as pico_resolver
from gateway.resolvers import requests as requests_resolver
from gateway.schema.arguments import After, First
from gateway.schema.change_requests import ChangeRequestConnection, change_request_connection
from gateway.schema.connections import Connection, connection
from gateway.schema.info import Info
from gateway.store.records import ChangeRequestKind


@strawberry.type(description="Webポイントの履歴の一件.")
class WebPointEntry:
    """One line of the history."""

    occurred_on: date = strawberry.field(description="日付.")
    kind: WebPointEntryKind = strawberry.field(description="獲得か受取申請か.")
    points: int = strawberry.field(description="ポイント数, positive either way.")
    description: str = strawberry.field(description="摘要.")

    @classmethod
    def of(cls, record: records.WebPointEntry) -> "WebPointEntry":
        """From the domain."""
        return cls(
            occurred_on=record.occurred_on,
            kind=record.kind,
            points=record.points,
            description=record.description,
        )


WebPointEntryConnection = Connection[WebPointEntry]


@strawberry.type(description="Webポイント: separate from the points on the card (B5).")
class WebPoints:
    """Web points of one member."""

    record: strawberry.Private[records.PrepaidBalance]
    balance: int = strawberry.field(description="Webポイント残高, as the POS has it: with those under way.")

    @classmethod
    def of(cls, record: records.PrepaidBalance) -> "WebPoints":
        """From the domain."""
        return cls(record=record, balance=record.web_points)

    @strawberry.field(description="受取申請できるポイント: whole units of 200, without those under way (B6).")
    async def transferable(self, info: Info) -> int:
        """What can be asked for now."""
        return await pico_resolver.transferable(info.context, self.record)

    @strawberry.field(description="受取申請の手続き中のポイント: asked for, and not yet certain (B7).")
    async def pending(self, info: Info) -> int:
        """What is under way."""
        return await pico_resolver.points_under_way(info.context, self.record.member_number)

    @strawberry.field(description="Webポイントの獲得履歴, newest first.")
    async def history(
        self, info: Info, first: First = 20, after: After = None
    ) -> WebPointEntryConnection | None:
        """A page of the history."""
        size = page_size(first)
        last_seen = read_cursor(after, lambda day, sequence: (date.fromisoformat(day), int(sequence)))
        entries = await pico_resolver.web_points(info.context, self.record.member_number)
        page = page_of(
            entries,
            first=size,
            follows=lambda entry: last_seen is None or (entry.occurred_on, entry.sequence) < last_seen,
        )
        return connection(
            page.items,
            node=WebPointEntry.of,
            cursor=lambda entry: write_cursor(entry.occurred_on.isoformat(), str(entry.sequence)),
            has_next=page.has_next,
            after=after,
        )

    @strawberry.field(description="ポイント受取申請, newest first (B6).")
    async def requests(self, info: Info, first: First = 20, after: After = None) -> ChangeRequestConnection:
        """A page of the transfers asked for."""
        kinds = frozenset({ChangeRequestKind.WEB_POINT_TRANSFER})
        number = self.record.member_number
        page = await requests_resolver.change_requests(info.context, number, first, after, kinds)
        return change_request_connection(page, info.context.at_home().coop, after)
