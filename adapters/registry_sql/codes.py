"""The registry's codes and what they stand for, as docs/wire/registry.md has them.

A reader raises `ValueError` for a code it does not know. The code is not in the message: these readers
share it with those of telephone numbers and birth dates, which are nobody's business (A10, A12).
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from adapters.records import CardState, EmploymentStatus, MemberKind, MemberStatus

T = TypeVar("T")

STATUSES: Final = {
    "0": MemberStatus.AWAITING_PAYMENT,
    "1": MemberStatus.ACTIVE,
    "2": MemberStatus.WITHDRAWING,
    "9": MemberStatus.WITHDRAWN,
}
"""KUMIAIIN.JOTAI."""

KINDS: Final[Mapping[str, tuple[MemberKind, EmploymentStatus | None]]] = {
    "01": (MemberKind.STUDENT, None),
    "02": (MemberKind.GRADUATE_STUDENT, None),
    "03": (MemberKind.FACULTY, None),
    "04": (MemberKind.SCHOOL_STAFF, EmploymentStatus.IN_SERVICE),
    "05": (MemberKind.SCHOOL_STAFF, EmploymentStatus.RETIRED),
    "09": (MemberKind.OTHER, None),
}
"""KUMIAIIN.KUBUN. It does not say of faculty whether they are still in service (E5)."""

CARD_STATES: Final = {"1": CardState.ACTIVE, "3": CardState.REPLACED, "9": CardState.RETURNED}
"""KUMIAIINSHO.JOTAI."""

RELATIONS: Final = {"01": "父", "02": "母", "03": "祖父母", "09": "その他"}
"""HOGOSHA.ZOKUGARA, as members are shown it."""

RELATION_UNKNOWN: Final = "不明"

PROVISIONAL_FLAGS: Final = {"1": True, "0": False, "": None}
"""KUMIAIIN.KARI_FLG: whether a provisional credential was issued; None is not known (X1)."""

NAME_CHANGE: Final = "01"
"""HENKO_UKETSUKE.KOMOKU."""

TAKEN_UP: Final = "1"
"""HENKO_UKETSUKE.SHORI_FLG."""


def code_in(codes: Mapping[str, T]) -> Callable[[str], T]:
    """A reader of one column's codes."""

    def read(text: str) -> T:
        try:
            return codes[text.strip()]
        except KeyError:
            raise ValueError("a code that is not in the list") from None

    return read


def statuses(status: MemberStatus) -> list[str]:
    """The codes a status is searched by."""
    return [code for code, stands_for in STATUSES.items() if stands_for is status]


def kinds(kind: MemberKind) -> list[str]:
    """The codes a kind is searched by."""
    return [code for code, (stands_for, _) in KINDS.items() if stands_for is kind]
