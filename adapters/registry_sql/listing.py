"""Pages of the list of all members, several in one statement: staff turn its pages at the same time.

A page is a short walk along the primary key, so that many of them take hardly longer than one. Searches are not
put together: one that is slow would hold up the others.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Integer, Select, bindparam, literal_column, select, union_all

from adapters.records import MemberNumber
from adapters.registry_sql.asking import NUMBER_WIDTH, Asking, filled_size, padded
from adapters.registry_sql.queries import SHARE_CAPITAL
from adapters.registry_sql.tables import NUMBER, kumiaiin, shussikin

PAGES_PER_CALL: Final = 32


class ListPage(NamedTuple):
    """`limit` members from the first one after a number."""

    after: MemberNumber | None
    limit: int


NOBODY: Final = ListPage(MemberNumber("9" * NUMBER_WIDTH), 1)
"""A page on which nobody is, to fill up with."""


def list_asking(pages: Sequence[ListPage]) -> Asking:
    """Ask for these pages, of each one member more than its limit, to tell whether more follow; at least one page."""
    size = filled_size(len(pages))
    filled = [*pages, *[NOBODY] * (size - len(pages))]
    starts = {f"after_{place}": padded(page.after or "") for place, page in enumerate(filled)}
    limits = {f"most_{place}": page.limit + 1 for place, page in enumerate(filled)}
    return _statement(size), starts | limits


@lru_cache
def _statement(size: int) -> Select[Any]:
    pages = union_all(*map(_page, range(size))).cte("page")
    return (
        select(pages.c.place, kumiaiin, *SHARE_CAPITAL)
        .join_from(pages, kumiaiin, pages.c.kumiaiin_no == kumiaiin.c.kumiaiin_no)
        .outerjoin(shussikin, pages.c.kumiaiin_no == shussikin.c.kumiaiin_no)
        .order_by(pages.c.place, pages.c.kumiaiin_no)
    )


def _page(place: int) -> Select[Any]:
    numbers = (
        select(kumiaiin.c.kumiaiin_no)
        .where(kumiaiin.c.kumiaiin_no > bindparam(f"after_{place}", type_=NUMBER))
        .order_by(kumiaiin.c.kumiaiin_no)
        .limit(bindparam(f"most_{place}", type_=Integer()))
        .subquery(f"page_{place}")
    )
    return select(literal_column(str(place), Integer).label("place"), numbers.c.kumiaiin_no)
