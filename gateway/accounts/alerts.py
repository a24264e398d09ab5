"""お知らせメールの設定. The mail about a suspension is none of them: it cannot be switched off (D1)."""

from gateway.accounts.entrance import Entrance
from gateway.accounts.refusals import AlertRefused
from gateway.store.records import (
    AccessAction,
    AlertPreferences,
    NewAccessLogEntry,
    Origin,
)
from gateway.viewer import GuardianViewer, MemberViewer

LARGEST_BALANCE = 100_000
"""Yen. Nobody carries more on a card."""


async def set_alerts(
    entrance: Entrance,
    viewer: MemberViewer | GuardianViewer,
    low_balance_below: int | None,
    ready_to_collect: bool,
    origin: Origin,
) -> AlertPreferences | AlertRefused:
    """From now on this account gets these mails; `low_balance_below` is in yen, None for no such mail."""
    if low_balance_below is not None and not 0 < low_balance_below <= LARGEST_BALANCE:
        return AlertRefused(
            f"残高のお知らせの基準額は1円から{LARGEST_BALANCE:,}円までの金額でご入力ください。"
        )
    wanted = AlertPreferences(viewer.account_id, low_balance_below, ready_to_collect)
    entry = NewAccessLogEntry.of_session(
        viewer,
        entrance.clock(),
        AccessAction.ALERTS_CHANGED,
        origin,
    )
    async with entrance.store.transaction() as within:
        await within.access_log.record([entry])
        await within.preferences.set_alerts(wanted)
    return wanted
