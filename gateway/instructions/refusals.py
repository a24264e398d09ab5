"""Why an instruction was not taken, in Japanese for who asked (`message`). What is refused is written nowhere."""

from dataclasses import dataclass
from typing import ClassVar

from gateway.coop_config.parts import ManualChannel


@dataclass(frozen=True, slots=True)
class PointsNotInUnits:
    """Web points move in whole units (B6)."""

    unit: int

    @property
    def message(self) -> str:
        """Says the unit."""
        return f"Webポイントの受取申請は{self.unit}ポイント単位でご入力ください。"


@dataclass(frozen=True, slots=True)
class InsufficientPoints:
    """More than there is, or than what is under way already leaves (B6)."""

    transferable: int

    @property
    def message(self) -> str:
        """Says how many there are."""
        return f"Webポイントが不足しています。ただいま受取申請できるのは{self.transferable:,}ポイントです。"


@dataclass(frozen=True, slots=True)
class AlreadySuspended:
    """Pico is on the negative list, or on its way there (D1)."""

    message: ClassVar[str] = "電子マネーPicoはすでに利用停止中か、利用停止の手続き中です。"


@dataclass(frozen=True, slots=True)
class FieldRefused:
    """What was typed cannot stand in a field of the profile (E19); `field` as the store names it."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class NothingToChange:
    """A change of nothing, or to what stands already (E19)."""

    message: ClassVar[str] = "登録内容から変更する項目をご入力ください。"


@dataclass(frozen=True, slots=True)
class ManualChannelRequired:
    """It does not go by MyPage; `channels` say by what it goes (E18)."""

    message: str
    channels: tuple[ManualChannel, ...]
