"""The membership registry over SQL, gathered and guarded as every legacy system is."""

from collections.abc import Sequence
from typing import Any

from adapters.errors import Incomplete
from adapters.records import (
    Answers,
    Card,
    Guardian,
    Member,
    MemberNumber,
    MemberSearch,
    NameChange,
    Page,
    Statement,
    StatementKey,
    StatementsQuery,
    SystemStatus,
)
from adapters.registry_sql.assembling import FoundPage
from adapters.registry_sql.database import Database
from adapters.registry_sql.listing import PAGES_PER_CALL, ListPage
from adapters.registry_sql.lookups import Lookups
from adapters.upstream import BatchRead, Freshness, Gathered, Upstream

Numbers = Sequence[MemberNumber]


class SqlRegistry:
    """`MemberRegistry` over any database SQLAlchemy reaches. Cards come oldest first."""

    def __init__(self, database: Database, upstream: Upstream) -> None:
        lookups = Lookups(database)
        fresh = Freshness(upstream.policy.fresh_seconds)
        self._database = database
        self._upstream = upstream
        self._lookups = lookups
        self._list = Gathered(upstream, lookups.listed, keys_per_call=PAGES_PER_CALL)
        self._members = BatchRead(upstream, lookups.members, freshness=fresh)
        self._guardians = BatchRead(upstream, lookups.guardians, freshness=fresh)
        self._cards = BatchRead(upstream, lookups.cards, weight=lambda cards: 1 + len(cards), freshness=fresh)
        self._name_changes = BatchRead(upstream, lookups.name_changes, freshness=fresh)
        self._statement = BatchRead(upstream, lookups.statement, freshness=fresh)
        self._statements = BatchRead(upstream, lookups.statements, weight=_page_weight, freshness=fresh)
        self._reads: Sequence[BatchRead[Any, Any]] = (
            self._members,
            self._guardians,
            self._cards,
            self._name_changes,
            self._statement,
            self._statements,
        )

    async def members(self, numbers: Numbers) -> Answers[MemberNumber, Member | None]:
        return await self._members(numbers)

    async def search(self, search: MemberSearch, *, limit: int, after: MemberNumber | None) -> Page[Member]:
        """Members by number; one whose row is unreadable is missing.

        A page on which nobody can be read is passed over, because the caller could not go on from it. When the last
        one is such a page, that is `Incomplete`: there are members, and they must not look like none.
        """
        while True:
            found = await self._found(search, limit, after)
            if found.members or found.last is None:
                return Page(found.members, found.has_next)
            if not found.has_next:
                raise Incomplete(self._upstream.system, "none of the members found can be read")
            after = found.last

    async def _found(self, search: MemberSearch, limit: int, after: MemberNumber | None) -> FoundPage:
        if search != MemberSearch():
            return await self._upstream.read(lambda: self._lookups.search(search, limit, after))
        page = ListPage(after, limit)
        answers, failure = await self._list([page])
        if page in answers:
            return answers[page]
        raise failure or Incomplete(self._upstream.system, "a page of the list was left out")

    async def guardians(self, numbers: Numbers) -> Answers[MemberNumber, Guardian | None]:
        return await self._guardians(numbers)

    async def cards(self, numbers: Numbers) -> Answers[MemberNumber, Sequence[Card]]:
        return await self._cards(numbers)

    async def name_changes(self, numbers: Numbers) -> Answers[MemberNumber, NameChange | None]:
        return await self._name_changes(numbers)

    async def statement(self, keys: Sequence[StatementKey]) -> Answers[StatementKey, Statement | None]:
        return await self._statement(keys)

    async def statements(
        self, queries: Sequence[StatementsQuery]
    ) -> Answers[StatementsQuery, Page[Statement]]:
        return await self._statements(queries)

    def forget(self, number: MemberNumber) -> None:
        for read in self._reads:
            read.forget(number)

    def forget_everybody(self) -> None:
        for read in self._reads:
            read.forget_everybody()

    async def ping(self) -> None:
        await self._upstream.read(self._database.ping)

    def status(self) -> SystemStatus:
        return self._upstream.status()

    async def close(self) -> None:
        await self._database.close()


def _page_weight(page: Page[Statement]) -> int:
    return 1 + len(page.items)
