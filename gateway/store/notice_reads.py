"""Which notices have been read, by account: a guardian's reading is not the student's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert

from gateway.store.batches import BatchRead
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.prepared import Row
from gateway.store.records import NoticeReadsQuery
from gateway.store.tables import notice_reads

_ASKED = (
    sa.func.unnest(
        sa.bindparam("accounts", type_=ARRAY(sa.Uuid)), sa.bindparam("notices", type_=ARRAY(sa.Text))
    )
    .table_valued(sa.column("account_id", sa.Uuid), sa.column("notice_id", sa.Text), joins_implicitly=True)
    .render_derived(name="asked")
)
_READ_AT = sa.select(notice_reads).where(
    notice_reads.c.coop == THIS_COOP,
    notice_reads.c.account_id == _ASKED.c.account_id,
    notice_reads.c.notice_id == _ASKED.c.notice_id,
)


def _asking(queries: Iterable[NoticeReadsQuery]) -> Mapping[str, Any]:
    return {
        "accounts": [query.account_id for query in queries for _ in query.notice_ids],
        "notices": [notice_id for query in queries for notice_id in query.notice_ids],
    }


def _reads_of(
    queries: Iterable[NoticeReadsQuery], rows: Iterable[Row]
) -> Mapping[NoticeReadsQuery, Mapping[str, datetime]]:
    read: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    for row in rows:
        read[row.account_id][row.notice_id] = row.read_at
    return {query: read[query.account_id] for query in queries}


_READS: BatchRead[NoticeReadsQuery, Mapping[str, datetime]] = BatchRead(_READ_AT, _reads_of, _asking)
_MARK = (
    insert(notice_reads)
    .from_select(
        ["coop", "account_id", "notice_id", "read_at"],
        sa.select(
            THIS_COOP,
            sa.bindparam("account", type_=sa.Uuid),
            sa.func.unnest(sa.bindparam("notices", type_=ARRAY(sa.Text))),
            sa.bindparam("now", type_=JapanTime),
        ),
    )
    .on_conflict_do_nothing()
)


@dataclass(frozen=True, slots=True)
class NoticeReads:
    """Read notices of one co-op's accounts."""

    _at: CoopConnections

    async def read_at(
        self, queries: Sequence[NoticeReadsQuery]
    ) -> Mapping[NoticeReadsQuery, Mapping[str, datetime]]:
        """When each account read those of the notices that it has read."""
        return await self._at.read(_READS, queries)

    async def mark(self, account_id: UUID, notice_ids: Sequence[str], now: datetime) -> None:
        """The account has read these; what it had read before keeps its time."""
        await self._at.change(_MARK, [{"account": account_id, "notices": list(notice_ids), "now": now}])
