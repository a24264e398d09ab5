"""What a member is told while a legacy system does not do what it should.

Only the kind of trouble and the kind of system get out: no text, address or statement of theirs.
"""

from enum import Enum

from adapters.errors import AdapterError, Closed, Garbled, Incomplete, TimedOut
from gateway.errors import ErrorCode


class LegacySystem(Enum):
    """The systems behind the gateway, by what they are for."""

    REGISTRY = "REGISTRY"
    POS = "POS"
    NOTICES = "NOTICES"
    MAILER = "MAILER"


CONTENTS = {
    LegacySystem.REGISTRY: "ご登録情報",
    LegacySystem.POS: "電子マネー・ご利用履歴・ミールカードの情報",
    LegacySystem.NOTICES: "お知らせ",
    LegacySystem.MAILER: "メール",
}
"""What a member misses while the system is out."""


def system_name(coop_code: str, system: LegacySystem) -> str:
    """The name an adapter carries in logs and errors, such as `hirosaki/pos`."""
    return f"{coop_code}/{system.value.lower()}"


def system_of(error: AdapterError) -> LegacySystem:
    """Which kind of system an error comes from."""
    return LegacySystem(error.system.rpartition("/")[2].upper())


def code_of(error: AdapterError) -> ErrorCode:
    """The code for a kind of trouble."""
    match error:
        case Closed():
            return ErrorCode.SYSTEM_CLOSED
        case TimedOut():
            return ErrorCode.SYSTEM_TIMEOUT
        case Garbled():
            return ErrorCode.SYSTEM_ANSWER_GARBLED
        case Incomplete():
            return ErrorCode.SYSTEM_ANSWER_INCOMPLETE
        case _:
            return ErrorCode.SYSTEM_UNAVAILABLE


def message_of(error: AdapterError) -> str:
    """The Japanese sentence shown in place of the figures."""
    missing = CONTENTS[system_of(error)]
    if isinstance(error, Closed):
        if error.reopens_at is None:
            return f"{missing}は、夜間処理のためただいま表示できません。"
        return f"{missing}は、夜間処理のため{error.reopens_at:%-H時%M分}まで表示できません。"
    return f"{missing}を、ただいま表示できません。時間をおいて、もう一度お試しください。"


def extensions_of(error: AdapterError) -> dict[str, object]:
    """What stands in `extensions` of the answer."""
    extensions: dict[str, object] = {"code": code_of(error).value, "system": system_of(error).value}
    if isinstance(error, Closed) and error.reopens_at is not None:
        extensions["reopensAt"] = error.reopens_at.isoformat()
    return extensions
