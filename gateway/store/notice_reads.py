"""Which notices have been read, by account: a guardian's reading is not the student's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.records import NoticeReadKey
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


@dataclass(frozen=True, slots=True)
class NoticeReads:
    """Read notices of one co-op's accounts."""

    _at: CoopConnections

    async def read_at(self, keys: Sequence[NoticeReadKey]) -> Mapping[NoticeReadKey, datetime | None]:
        """When each account read each notice; None while unread."""
        rows = await self._at.rows(
            _READ_AT, accounts=[key.account_id for key in keys], notices=[key.notice_id for key in keys]
        )
        times = {NoticeReadKey(row.account_id, row.notice_id): row.read_at for row in rows}
        return {key: times.get(key) for key in keys}
