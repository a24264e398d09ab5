"""What members have set for themselves, with what holds while they have set nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from adapters.records import MemberNumber
from gateway.store.batches import BatchRead, asked_for
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.prepared import Row
from gateway.store.records import AlertPreferences, GuardianSharing
from gateway.store.tables import alert_preferences, guardian_sharing

_ALERTS = sa.select(alert_preferences).where(
    alert_preferences.c.coop == THIS_COOP, asked_for(alert_preferences.c.account_id)
)
_NEW_ALERTS = {
    "low_balance_below": sa.bindparam("below", type_=sa.Integer),
    "ready_to_collect": sa.bindparam("ready", type_=sa.Boolean),
}
_SET_ALERTS = (
    insert(alert_preferences)
    .values(coop=THIS_COOP, account_id=sa.bindparam("account", type_=sa.Uuid), **_NEW_ALERTS)
    .on_conflict_do_update(index_elements=[alert_preferences.c.account_id], set_=_NEW_ALERTS)
    .returning(alert_preferences.c.account_id)
)
_SHARING = sa.select(guardian_sharing).where(
    guardian_sharing.c.coop == THIS_COOP, asked_for(guardian_sharing.c.member_number)
)
_NEW_SHARING = {
    "shared": sa.bindparam("share", type_=sa.Boolean),
    "changed_at": sa.bindparam("now", type_=JapanTime),
}
_SHARE = (
    insert(guardian_sharing)
    .values(coop=THIS_COOP, member_number=sa.bindparam("number", type_=sa.Text), **_NEW_SHARING)
    .on_conflict_do_update(
        index_elements=[guardian_sharing.c.coop, guardian_sharing.c.member_number], set_=_NEW_SHARING
    )
    .returning(guardian_sharing.c.member_number)
)
_ALERTS_OF_ACCOUNTS: BatchRead[UUID, AlertPreferences] = BatchRead(
    _ALERTS, lambda ids, rows: _alerts_of(ids, {row.account_id: row for row in rows})
)
_SHARING_OF_STUDENTS: BatchRead[MemberNumber, GuardianSharing] = BatchRead(
    _SHARING, lambda numbers, rows: _sharing_of(numbers, {row.member_number: row for row in rows})
)


@dataclass(frozen=True, slots=True)
class Preferences:
    """The preferences of one co-op's members and guardians."""

    _at: CoopConnections

    async def alerts(self, ids: Sequence[UUID]) -> Mapping[UUID, AlertPreferences]:
        """Which mails every account wants. Nothing set: only those about money that can be collected."""
        return await self._at.read(_ALERTS_OF_ACCOUNTS, ids)

    async def set_alerts(self, wanted: AlertPreferences) -> None:
        """From now on an account gets these mails."""
        await self._at.rows(
            _SET_ALERTS,
            account=wanted.account_id,
            below=wanted.low_balance_below,
            ready=wanted.ready_to_collect,
        )

    async def guardian_sharing(
        self, numbers: Sequence[MemberNumber]
    ) -> Mapping[MemberNumber, GuardianSharing]:
        """Whether each student's guardian sees their pages (X13). Nothing set: yes."""
        return await self._at.read(_SHARING_OF_STUDENTS, numbers)

    async def share_with_guardian(self, number: MemberNumber, shared: bool, now: datetime) -> GuardianSharing:
        """The student lets the guardian see their pages, or no longer (X13)."""
        await self._at.rows(_SHARE, number=number, share=shared, now=now)
        return GuardianSharing(number, shared=shared, changed_at=now)


def _alerts_of(ids: Iterable[UUID], rows: Mapping[UUID, Row]) -> Mapping[UUID, AlertPreferences]:
    return {
        key: AlertPreferences(key, row.low_balance_below, row.ready_to_collect)
        if (row := rows.get(key))
        else AlertPreferences(key, low_balance_below=None, ready_to_collect=True)
        for key in ids
    }


def _sharing_of(
    numbers: Iterable[MemberNumber], rows: Mapping[MemberNumber, Row]
) -> Mapping[MemberNumber, GuardianSharing]:
    return {
        key: GuardianSharing(key, row.shared, row.changed_at)
        if (row := rows.get(key))
        else GuardianSharing(key, shared=True, changed_at=None)
        for key in numbers
    }
