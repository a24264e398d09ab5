"""Keyset walks: for many members at once, each one's newest rows older than the last one seen."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from adapters.records import MemberNumber
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP
from gateway.store.records import PlaceInTime

ASKED = (
    sa.func.jsonb_to_recordset(sa.bindparam("asked", type_=JSONB))
    .table_valued(
        sa.column("turn", sa.Integer),
        sa.column("member_number", sa.Text),
        sa.column("after_time", JapanTime),
        sa.column("after_id", sa.Uuid),
        sa.column("kinds", ARRAY(sa.Text)),
    )
    .render_derived(name="asked", with_types=True)
)
"""What is asked for, one row a `question`: a single parameter, so that one statement serves any number."""

_FOREVER: sa.ColumnElement[Any] = sa.literal_column("'infinity'::timestamptz")


def question(
    turn: int, member_number: MemberNumber, after: PlaceInTime | None, kinds: list[str] | None = None
) -> dict[str, Any]:
    """One row of `ASKED`; the answer's rows carry `turn`. `after` None: the newest, `kinds` None: all."""
    return {
        "turn": turn,
        "member_number": member_number,
        "after_time": after and after.at.isoformat(),
        "after_id": after and str(after.id),
        "kinds": kinds,
    }


def newest_of_members(
    table: sa.Table, time: sa.Column[Any], key: sa.Column[Any], *conditions: sa.ColumnElement[bool]
) -> sa.Select[Any]:
    """One statement for any number of questions: each one's rows, newest first, `at_most` so many."""
    after = sa.tuple_(sa.func.coalesce(ASKED.c.after_time, _FOREVER), ASKED.c.after_id)
    newest = (
        sa.select(table)
        .where(
            table.c.coop == THIS_COOP,
            table.c.member_number == ASKED.c.member_number,
            sa.tuple_(time, key) < after,
            *conditions,
        )
        .order_by(time.desc(), key.desc())
        .limit(sa.bindparam("at_most", type_=sa.BigInteger))
        .lateral("newest")
    )
    return (
        sa.select(ASKED.c.turn, newest)
        .select_from(ASKED.join(newest, sa.true()))
        .order_by(ASKED.c.turn, newest.c[time.key].desc(), newest.c[key.key].desc())
    )
