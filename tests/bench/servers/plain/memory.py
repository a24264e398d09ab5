"""Everything the screens show, made once and kept: resolvers that have their data in memory."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from adapters.records import MemberNumber, MemberSearch, Page
from gateway.coop_terms import HistoryKind, PortalView
from gateway.systems import Systems
from tests.bench.servers.plain import types
from tests.bench.servers.plain.loading import (
    Load,
    Source,
    sources,
    spending_query,
    transactions_query,
)
from tests.bench.servers.plain.making import Maker

MOST_IN_ONE_CALL = 100
OF_STAFF_LISTS = ("cards", "pico", "lifetime")
"""What is asked for about any member."""
OF_OWN_SCREENS = ("member", "unreceived", "suspension", "meal_card", "feed")
"""What is asked for about who is signed in."""


async def remembered(systems: Systems, maker: Maker, signed_in: Sequence[MemberNumber]) -> Load:
    """All members of the co-op, and all that those who are signed in look at."""
    found = sources(systems, maker)
    everybody = await _everybody(systems)
    numbers = [member.number for member in everybody]
    known: dict[str, dict[Any, Any]] = {}
    for name in OF_STAFF_LISTS:
        known[name] = await _all(found[name], numbers)
    for name in OF_OWN_SCREENS:
        known[name] = await _all(found[name], signed_in)
    histories = [
        transactions_query(maker, number, PortalView.PC, kind, 20)
        for number in signed_in
        for kind in (HistoryKind.ALL, HistoryKind.FOOD)
    ]
    known["transactions"] = await _all(found["transactions"], histories)
    known["spending"] = await _all(found["spending"], [spending_query(number, 13) for number in signed_in])
    made = maker.members(Page(everybody, has_next=False)).edges

    def page(first: int, after: MemberNumber | None) -> types.Connection[types.Member]:
        begins = bisect_right(numbers, after or "")
        edges = made[begins : begins + first]
        end = maker.cursor(edges[-1].node) if edges else None
        info = types.PageInfo(has_next_page=begins + first < len(made), end_cursor=end)
        return types.Connection(edges=edges, page_info=info)

    return Load({name: each.__getitem__ for name, each in known.items()}, page, maker)


async def _everybody(systems: Systems) -> list[Any]:
    everybody: list[Any] = []
    has_next = True
    while has_next:
        after = everybody[-1].number if everybody else None
        page = await systems.registry.search(MemberSearch(), limit=MOST_IN_ONE_CALL, after=after)
        everybody += page.items
        has_next = page.has_next
    return everybody


async def _all(source: Source, keys: Sequence[Any]) -> dict[Any, Any]:
    known: dict[Any, Any] = {}
    for begins in range(0, len(keys), MOST_IN_ONE_CALL):
        some = keys[begins : begins + MOST_IN_ONE_CALL]
        known.update(zip(some, await source.made(some), strict=True))
    return known
