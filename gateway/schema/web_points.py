"""Webポイント: earned in the app, moved to prepaid on request (B5–B9)."""

from datetime import date
from functools import partial
from typing import cast

import strawberry

from adapters.records import WebPointEntryKind
from gateway.coop_config.rules import PicoRules
from gateway.execution import read_field
from gateway.paging import page_of, page_size, read_cursor, write_cursor
from gateway.resolvers import pico as pico_resolver
from gateway.resolvers import requests as requests_resolver
from gateway.resolvers.pico import PicoFigures
from gateway.schema.arguments import After, First
from gateway.schema.change_requests import ChangeRequestConnection, change_request_connection
from gateway.schema.connections import Connection, connection
from gateway.schema.info import Info
from gateway.store.records import ChangeRequestKind


@strawberry.type(description="Webポイントの履歴の一件.")
class WebPointEntry:
    """One line of the history: a `records.WebPointEntry` stands for it."""

    occurred_on: date = strawberry.field(description="日付.")
    kind: WebPointEntryKind = strawberry.field(description="獲得か受取申請か.")
    points: int = strawberry.field(description="ポイント数, positive either way.")
    description: str = strawberry.field(description="摘要.")


WebPointEntryConnection = Connection[WebPointEntry]


@strawberry.type(description="Webポイント: separate from the points on the card (B5).")
class WebPoints:
    """Web points of one member."""

    figures: strawberry.Private[PicoFigures]
    rules: strawberry.Private[PicoRules]
    balance: int = read_field(
        "figures.balance.web_points", description="Webポイント残高, as the POS has it: with those under way."
    )

    @strawberry.field(description="受取申請できるポイント: whole units of 200, without those under way (B6).")
    def transferable(self) -> int:
        """What can be asked for now."""
        return self.figures.transferable(self.rules.points.unit)

    @strawberry.field(description="受取申請の手続き中のポイント: asked for, and not yet certain (B7).")
    def pending(self) -> int:
        """What is under way."""
        return self.figures.points_under_way()

    @strawberry.field(description="Webポイントの獲得履歴, newest first.")
    async def history(
        self, info: Info, first: First = 20, after: After = None
    ) -> WebPointEntryConnection | None:
        """A page of the history."""
        size = page_size(first)
        last_seen = read_cursor(after, lambda day, sequence: (date.fromisoformat(day), int(sequence)))
        entries = await pico_resolver.web_points(info.context, self.figures.balance.member_number)
        page = page_of(
            entries,
            first=size,
            follows=lambda entry: last_seen is None or (entry.occurred_on, entry.sequence) < last_seen,
        )
        return connection(
            page.items,
            node=partial(cast, WebPointEntry),
            cursor=lambda entry: write_cursor(entry.occurred_on.isoformat(), str(entry.sequence)),
            has_next=page.has_next,
            after=after,
        )

    @strawberry.field(description="ポイント受取申請, newest first (B6).")
    async def requests(self, info: Info, first: First = 20, after: After = None) -> ChangeRequestConnection:
        """A page of the transfers asked for."""
        kinds = frozenset({ChangeRequestKind.WEB_POINT_TRANSFER})
        number = self.figures.balance.member_number
        page = await requests_resolver.change_requests(info.context, number, first, after, kinds)
        return change_request_connection(page, info.context.at_home().coop, after)
