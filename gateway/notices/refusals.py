"""Why a notice was not published or withdrawn, in words for the member of staff (Japanese, `message`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from adapters.records import MemberNumber


@dataclass(frozen=True, slots=True)
class NoticeRefused:
    """It cannot be published like this. `field` is the part of the input to put right."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class MembersNotFound:
    """The list names members whom the registry does not know."""

    numbers: Sequence[MemberNumber]

    @property
    def message(self) -> str:
        """Which."""
        return f"次の組合員番号は見つかりません：{'、'.join(self.numbers)}"


@dataclass(frozen=True, slots=True)
class NoticeNotFound:
    """The co-op's staff have published no such notice."""

    message: ClassVar[str] = "このお知らせは見つかりません。"
