"""Members by what they have in common."""

from dataclasses import dataclass

from adapters.records.member import EmploymentStatus, MemberKind, MemberStatus


@dataclass(frozen=True, slots=True)
class MemberSegment:
    """Every part that is given must fit; a part without values fits everybody."""

    kinds: frozenset[MemberKind] = frozenset()
    statuses: frozenset[MemberStatus] = frozenset()
    employments: frozenset[EmploymentStatus] = frozenset()
    admission_years: frozenset[int] = frozenset()
