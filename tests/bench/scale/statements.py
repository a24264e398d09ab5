"""What single statements take within the database: the pages they look at, and milliseconds."""

from collections.abc import Mapping
from statistics import median

from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from adapters.records import MemberNumber, MemberSearch
from adapters.registry_sql import queries
from adapters.registry_sql.asking import Asking
from adapters.registry_sql.searching import search_asking
from gateway.store import CoopStore
from tests.bench.scale.databases import Loaded
from tests.bench.scale.people import Asker, People
from tests.plans.lists import LISTS
from tests.plans.plan import plan_carried_out
from tests.plans.watched import Watched
from tests.running.postgres import Postgres

ROUNDS = 15

Figures = Mapping[str, tuple[float, float]]
"""Pages and milliseconds by statement: medians."""


async def statement_figures(postgres: Postgres, loaded: Loaded) -> Figures:
    """Of the store's lists, for Hokkaido, a small co-op among many; and of Hirosaki's registry, for several members."""
    engine = create_async_engine(postgres.url(loaded.store))
    async with engine.connect() as connection:
        found = {f"store: {name}": await _list_figures(connection, name) for name in LISTS}
    await engine.dispose()
    engine = create_async_engine(postgres.url(loaded.registries["hirosaki"]))
    async with engine.connect() as connection:
        for name, askings in _registry(People(loaded.size, ROUNDS)).items():
            plans = [await plan_carried_out(connection, *asking) for asking in askings]
            pages, milliseconds = zip(*((plan.pages, plan.milliseconds) for plan in plans), strict=True)
            found[f"registry: {name}"] = (median(pages), median(milliseconds))
    await engine.dispose()
    return found


async def _list_figures(connection: AsyncConnection, name: str) -> tuple[float, float]:
    rounds = []
    for _ in range(ROUNDS):
        watched = Watched(connection)
        await LISTS[name](CoopStore("hokkaido", watched))
        rounds.append(watched)
    return median(each.pages for each in rounds), median(each.milliseconds for each in rounds)


def _registry(people: People) -> Mapping[str, list[Asking]]:
    numbers = [MemberNumber(one.number) for one in people.hirosaki]
    return {
        "a member": [queries.MEMBERS.about([number]) for number in numbers],
        f"{len(numbers)} members": [queries.MEMBERS.about(numbers)] * ROUNDS,
        "cards": [queries.CARDS.about([number]) for number in numbers],
        "search by whole name": [_asking(MemberSearch(name_kana=one.kana)) for one in people.hirosaki],
        "search by family name": [
            _asking(MemberSearch(name_kana=one.family_kana)) for one in people.hirosaki
        ],
        "search by phone": [_asking(MemberSearch(phone=one.phone)) for one in _with_phone(people)],
    }


def _with_phone(people: People) -> list[Asker]:
    return [one for one in people.hirosaki if one.phone]


def _asking(search: MemberSearch) -> Asking:
    asking = search_asking(search, 50, None)
    assert asking is not None
    return asking
