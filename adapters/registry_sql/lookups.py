"""One call each to the registry: a statement, and its rows put together by key."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Table

from adapters.records import (
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
)
from adapters.registry_sql.asking import Asking, ByNumber, filled_size
from adapters.registry_sql.assembling import (
    NOBODY_FOUND,
    FoundPage,
    by_key,
    found_page,
    latest_name_change,
    members_in,
    statements_page,
    whole_statement,
)
from adapters.registry_sql.database import Database
from adapters.registry_sql.fields import Fields
from adapters.registry_sql.listing import ListPage, list_asking
from adapters.registry_sql.queries import (
    CARDS,
    GUARDIANS,
    MEMBERS,
    NAME_CHANGES,
    statement_asking,
    statements_asking,
)
from adapters.registry_sql.rows import card, guardian, member
from adapters.registry_sql.searching import search_asking
from adapters.registry_sql.tables import henko_uketsuke, hogosha, kumiaiin, kumiaiinsho, seikyu

K = TypeVar("K")
V = TypeVar("V")
Numbers = Sequence[MemberNumber]


class Lookups:
    """What one co-op's registry can be asked, each at the cost of one round trip.

    Raises `AdapterError`s; a key that is absent from an answer could not be read.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def members(self, numbers: Numbers) -> Mapping[MemberNumber, Member | None]:
        """Members with their share capital."""
        return await self._of_members(kumiaiin, MEMBERS, numbers, _first(member))

    async def guardians(self, numbers: Numbers) -> Mapping[MemberNumber, Guardian | None]:
        """Members' guardians."""
        return await self._of_members(hogosha, GUARDIANS, numbers, _first(guardian))

    async def cards(self, numbers: Numbers) -> Mapping[MemberNumber, Sequence[Card]]:
        """Members' cards, oldest first."""
        return await self._of_members(kumiaiinsho, CARDS, numbers, _cards)

    async def name_changes(self, numbers: Numbers) -> Mapping[MemberNumber, NameChange | None]:
        """Members' latest change of name that was taken up."""
        return await self._of_members(henko_uketsuke, NAME_CHANGES, numbers, latest_name_change)

    async def statement(self, keys: Sequence[StatementKey]) -> Mapping[StatementKey, Statement | None]:
        """Single statements."""
        return await self._by_place(statement_asking(keys), keys, lambda _, rows: whole_statement(rows))

    async def statements(
        self, queries: Sequence[StatementsQuery]
    ) -> Mapping[StatementsQuery, Page[Statement]]:
        """Pages of statements."""
        return await self._by_place(statements_asking(queries), queries, statements_page)

    async def search(self, search: MemberSearch, limit: int, after: MemberNumber | None) -> FoundPage:
        """A page of those who match every part, by number."""
        asking = search_asking(search, limit, after)
        if asking is None:
            return NOBODY_FOUND
        rows = await self._database.rows(kumiaiin, asking)
        return found_page(limit, [row.member_number for row in rows], members_in(rows))

    async def listed(self, pages: Sequence[ListPage]) -> Mapping[ListPage, FoundPage]:
        """Pages of the list of all members, by number."""
        rows = await self._database.rows(kumiaiin, list_asking(pages))
        members = members_in(rows)
        numbers: list[list[MemberNumber]] = [[] for _ in range(filled_size(len(pages)))]
        for row in rows:
            numbers[row.required("place", int)].append(row.member_number)
        return {
            page: found_page(page.limit, found, members) for page, found in zip(pages, numbers, strict=False)
        }

    async def _of_members(
        self, table: Table, question: ByNumber, numbers: Numbers, build: Callable[[Sequence[Fields]], V]
    ) -> dict[MemberNumber, V]:
        rows = await self._database.rows(table, question.about(numbers))
        return by_key(numbers, rows, lambda row: row.member_number, lambda _, its_rows: build(its_rows))

    async def _by_place(
        self, asking: Asking, keys: Sequence[K], build: Callable[[K, Sequence[Fields]], V]
    ) -> dict[K, V]:
        rows = await self._database.rows(seikyu, asking)
        places = dict(enumerate(keys))
        return by_key(keys, rows, lambda row: places.get(row.required("place", int)), build)


def _first(read: Callable[[Fields], V]) -> Callable[[Sequence[Fields]], V | None]:
    return lambda rows: read(rows[0]) if rows else None


def _cards(rows: Sequence[Fields]) -> Sequence[Card]:
    return sorted((card(row) for row in rows), key=lambda each: (each.issued_on, each.reissue_count))
