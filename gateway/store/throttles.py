"""The throttle's counters of one co-op. What they mean is in `gateway.accounts.throttle`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert

from gateway.store.batches import asked_for
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, Connections, CoopConnections
from gateway.store.protection_tables import throttles
from gateway.store.records import Count

_NOW = sa.bindparam("now", type_=JapanTime)
_ASKED = (
    sa.func.unnest(
        sa.bindparam("keys", type_=ARRAY(sa.LargeBinary)),
        sa.bindparam("families", type_=ARRAY(sa.LargeBinary)),
    )
    .table_valued(sa.column("key", sa.LargeBinary), sa.column("family", sa.LargeBinary))
    .render_derived(name="asked")
)
_MAKE = insert(throttles).from_select(
    ["coop", "key", "family", "counted_since", "expires_at"],
    sa.select(THIS_COOP, _ASKED.c.key, _ASKED.c.family, _NOW, _NOW).order_by(_ASKED.c.key),
)
_HOLD = _MAKE.on_conflict_do_update(
    index_elements=[throttles.c.coop, throttles.c.key], set_={"key": _MAKE.excluded.key}
).returning(*throttles.c)
_WRITE = (
    sa.update(throttles)
    .where(throttles.c.coop == THIS_COOP, throttles.c.key == sa.bindparam("counted", type_=sa.LargeBinary))
    .values(
        failures=sa.bindparam("new_failures", type_=sa.Integer),
        counted_since=sa.bindparam("since", type_=JapanTime),
        blocked_until=sa.bindparam("until", type_=JapanTime),
        expires_at=sa.bindparam("useless_after", type_=JapanTime),
    )
)
_CLEAR = (
    sa.update(throttles)
    .where(throttles.c.coop == THIS_COOP, asked_for(throttles.c.family))
    .values(failures=0, blocked_until=None)
    .returning(throttles.c.key)
)
_REMOVE_EXPIRED = sa.delete(throttles).where(throttles.c.expires_at < _NOW)


@dataclass(frozen=True, slots=True)
class Throttles:
    """The counters of one co-op."""

    _at: CoopConnections

    async def hold(self, asked: Mapping[bytes, bytes | None], now: datetime) -> Mapping[bytes, Count]:
        """The counts of keys (each with its family), made where there are none.

        Within a transaction nobody else gets them until it ends. All are locked in the order of their keys, so
        that no two transactions wait for each other.
        """
        rows = await self._at.rows(_HOLD, keys=list(asked), families=list(asked.values()), now=now)
        return {row.key: _count_of(row) for row in rows}

    async def write(self, counts: Sequence[Count]) -> None:
        """Replaces counts that are held."""
        await self._at.change(_WRITE, [_values_of(count) for count in counts])

    async def clear(self, family: bytes) -> None:
        """Sets the counts of a family to zero."""
        await self._at.rows(_CLEAR, keys=[family])


async def remove_expired_counts(connections: Connections, now: datetime) -> int:
    """Deletes the counts of all co-ops that mean nothing any more, and says how many."""
    async with connections.connect() as connection:
        return (await connection.execute(_REMOVE_EXPIRED, {"now": now})).rowcount


def _count_of(row: sa.Row[Any]) -> Count:
    return Count(
        key=row.key,
        family=row.family,
        failures=row.failures,
        counted_since=row.counted_since,
        blocked_until=row.blocked_until,
        expires_at=row.expires_at,
    )


def _values_of(count: Count) -> dict[str, Any]:
    return {
        "counted": count.key,
        "new_failures": count.failures,
        "since": count.counted_since,
        "until": count.blocked_until,
        "useless_after": count.expires_at,
    }
