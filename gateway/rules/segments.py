"""Whether a member belongs to a segment."""

from adapters.records import Member, MemberSegment


def belongs(member: Member, segment: MemberSegment) -> bool:
    """Whether every part of the segment fits what the registry says of the member now."""
    return (
        (not segment.kinds or member.kind in segment.kinds)
        and (not segment.statuses or member.status in segment.statuses)
        and (not segment.employments or member.employment in segment.employments)
        and (not segment.admission_years or member.admission_year in segment.admission_years)
    )
