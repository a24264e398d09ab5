"""保護者への公開: the student decides whether the guardian sees their pages (X13)."""

from gateway.accounts.entrance import Entrance
from gateway.store.records import (
    AccessAction,
    GuardianSharing,
    NewAccessLogEntry,
    Origin,
)
from gateway.viewer import MemberViewer


async def set_guardian_sharing(
    entrance: Entrance, viewer: MemberViewer, shared: bool, origin: Origin
) -> GuardianSharing:
    """Holds from the guardian's next request on."""
    now = entrance.clock()
    entry = NewAccessLogEntry.of_session(
        viewer,
        now,
        AccessAction.SHARING_CHANGED,
        origin,
        member_number=viewer.member_number,
        what=("SHARED" if shared else "NOT_SHARED",),
    )
    async with entrance.store.transaction() as within:
        await within.access_log.record([entry])
        return await within.preferences.share_with_guardian(viewer.member_number, shared, now)
