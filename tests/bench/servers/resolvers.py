"""Resolvers for a schema that is written in SDL, as users of Ariadne and graphql-core write them.

Everything that has no resolver here is an attribute, found by its name in snake case.
"""

from collections.abc import Callable, Mapping
from typing import Any

from ariadne.utils import convert_camel_case_to_snake
from graphql import GraphQLResolveInfo

from adapters import records
from gateway.coop_terms import HistoryKind, PortalView
from gateway.schema.enums import SnapshotState
from tests.bench.servers.plain.loading import Asker, Load
from tests.bench.servers.plain.types import Member, Pico, Viewer

Resolver = Callable[..., Any]
Info = GraphQLResolveInfo


def attribute(parent: object, info: Info) -> Any:
    """What has no resolver."""
    return getattr(parent, convert_camel_case_to_snake(info.field_name))


def _load(info: Info) -> Load:
    asker: Asker = info.context
    return asker.load


def viewer(_: None, info: Info) -> Viewer | None:
    number = info.context.number
    return None if number is None else Viewer(number=number)


def members(_: None, info: Info, first: int, after: str | None = None, **__: object) -> Any:
    return _load(info).members(first, after)


def member(parent: Viewer, info: Info) -> Any:
    return _load(info).member(parent.number)


def cards(parent: Member, info: Info) -> Any:
    return _load(info).cards(parent.number)


def pico(parent: Member, info: Info) -> Any:
    return _load(info).pico(parent.number)


def meal_card(parent: Member, info: Info) -> Any:
    return _load(info).meal_card(parent.number)


def notices(parent: Member, info: Info, first: int, **_: object) -> Any:
    return _load(info).notices(parent.number, first)


def unreceived(parent: Pico, info: Info) -> Any:
    return _load(info).unreceived(parent.owner)


def lifetime(parent: Pico, info: Info) -> Any:
    return _load(info).lifetime(parent.owner)


def suspension(parent: Pico, info: Info) -> Any:
    return _load(info).suspension(parent.owner)


def transactions(
    parent: Pico, info: Info, view: PortalView, kind: HistoryKind, first: int, **_: object
) -> Any:
    return _load(info).transactions(parent.owner, view, kind, first)


def spending(parent: Pico, info: Info, months: int, **_: object) -> Any:
    return _load(info).spending(parent.owner, months)


RESOLVERS: Mapping[str, Mapping[str, Resolver]] = {
    "Query": {"viewer": viewer, "members": members},
    "Viewer": {"member": member},
    "Member": {"cards": cards, "pico": pico, "mealCard": meal_card, "notices": notices},
    "Pico": {
        "unreceivedPrepaid": unreceived,
        "lifetime": lifetime,
        "suspension": suspension,
        "transactions": transactions,
        "spending": spending,
    },
}

ENUMS = {
    each.__name__: each
    for each in (
        records.MemberStatus,
        records.MemberKind,
        records.CardState,
        records.Genre,
        records.Tender,
        records.TransactionType,
        records.PrepaidSource,
        records.NoticeAudience,
        HistoryKind,
        PortalView,
        SnapshotState,
    )
}
"""Enums of the domain that go by the same names in the schema."""

SCALARS: Mapping[str, Callable[[Any], Any]] = {
    "Date": lambda day: day.isoformat(),
    "DateTime": lambda time: time.isoformat(),
    "YearMonth": str,
}
"""How values are written."""
