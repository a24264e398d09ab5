"""What the registry is asked, apart from the search: one statement for each method of the port.

Lines come with the statements they belong to, a row each, so that one round trip fetches both. A statement's own
six short columns are repeated on each of its lines, which costs less than a second question.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, Integer, Select, and_, func, literal, select

from adapters.records import StatementKey, StatementsQuery
from adapters.registry_sql.asking import Asking, ByKey, ByNumber, padded
from adapters.registry_sql.codes import NAME_CHANGE, TAKEN_UP
from adapters.registry_sql.tables import (
    MONTH,
    NUMBER,
    henko_uketsuke,
    hogosha,
    kumiaiin,
    kumiaiinsho,
    seikyu,
    seikyu_meisai,
    shussikin,
)
from adapters.registry_sql.values import month_text

ENDLESS = "999999"
"""After every month."""

ALIVE = select(literal(1))

SHARE_CAPITAL = (
    shussikin.c.kumiaiin_no.label("shussikin_no"),
    *(column for column in shussikin.c if column is not shussikin.c.kumiaiin_no),
)

MEMBERS = ByNumber(
    select(kumiaiin, *SHARE_CAPITAL).outerjoin_from(
        kumiaiin, shussikin, kumiaiin.c.kumiaiin_no == shussikin.c.kumiaiin_no
    ),
    kumiaiin.c.kumiaiin_no,
)

GUARDIANS = ByNumber(select(hogosha), hogosha.c.kumiaiin_no)

CARDS = ByNumber(select(kumiaiinsho), kumiaiinsho.c.kumiaiin_no)

NAME_CHANGES = ByNumber(
    select(henko_uketsuke)
    .where(henko_uketsuke.c.komoku == NAME_CHANGE, henko_uketsuke.c.shori_flg == TAKEN_UP)
    .order_by(henko_uketsuke.c.uketsuke_no),
    henko_uketsuke.c.kumiaiin_no,
)

LINE_COLUMNS = (
    seikyu_meisai.c.gyo_no,
    seikyu_meisai.c.riyobi,
    seikyu_meisai.c.tekiyo,
    seikyu_meisai.c.kingaku,
)


def statement_asking(keys: Sequence[StatementKey]) -> Asking:
    """Ask for single statements with their lines."""
    return _STATEMENT.about([(padded(key.member_number), month_text(key.month)) for key in keys])


def statements_asking(queries: Sequence[StatementsQuery]) -> Asking:
    """Ask for pages of statements with their lines, and for one more without, to tell whether more follow."""
    return _STATEMENTS.about(
        [
            (padded(query.member_number), month_text(query.before) if query.before else ENDLESS, query.limit)
            for query in queries
        ]
    )


def _single(asked: CTE) -> Select[Any]:
    found = and_(seikyu.c.kumiaiin_no == asked.c.member, seikyu.c.seikyu_nengetsu == asked.c.month)
    line = and_(
        seikyu_meisai.c.kumiaiin_no == seikyu.c.kumiaiin_no,
        seikyu_meisai.c.seikyu_nengetsu == seikyu.c.seikyu_nengetsu,
    )
    return select(asked.c.place, seikyu, *LINE_COLUMNS).select_from(
        asked.join(seikyu, found).outerjoin(seikyu_meisai, line)
    )


def _pages(asked: CTE) -> Select[Any]:
    ranked = _ranked(asked).cte("ranked")
    line = and_(
        seikyu_meisai.c.kumiaiin_no == ranked.c.kumiaiin_no,
        seikyu_meisai.c.seikyu_nengetsu == ranked.c.seikyu_nengetsu,
        ranked.c.nth <= ranked.c.most,
    )
    return (
        select(ranked.c.place, *(ranked.c[column.name] for column in seikyu.c), *LINE_COLUMNS)
        .select_from(ranked.outerjoin(seikyu_meisai, line))
        .where(ranked.c.nth <= ranked.c.most + 1)
    )


def _ranked(asked: CTE) -> Select[Any]:
    newest_first = func.row_number().over(
        partition_by=asked.c.place, order_by=seikyu.c.seikyu_nengetsu.desc()
    )
    earlier = and_(seikyu.c.kumiaiin_no == asked.c.member, seikyu.c.seikyu_nengetsu < asked.c.before)
    return select(asked.c.place, asked.c.most, seikyu, newest_first.label("nth")).join_from(
        asked, seikyu, earlier
    )


_STATEMENT = ByKey({"member": NUMBER, "month": MONTH}, (padded(""), ""), _single)
_STATEMENTS = ByKey({"member": NUMBER, "before": MONTH, "most": Integer()}, (padded(""), "", 0), _pages)
