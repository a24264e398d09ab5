"""What a client is told when something does not work: one list of codes, one tree of errors.

GatewayError
├── Unauthenticated          nobody is signed in
├── Forbidden                somebody is, and may not
├── BadInput                 an argument that cannot be used; says which and how to put it right
├── NotYetViewable           viewing starts the month after registration (E9)
├── Withdrawn                viewing ended with the refund of the share capital (E22)
├── UnsupportedDevice        a feature phone may register and not view (A2)
├── HistoryKindNotOffered    the page shows no such history (B25–B29)
├── RateLimited              this viewer or address has asked for too much in a short while
├── Overloaded               the process has as much to do as it can: nothing was begun
├── ServiceUnavailable       the gateway's own database is away, or the deadline has passed
└── DocumentNotTrusted       the operation stands in no manifest, and nothing else is run

Their messages are Japanese and meant for the member's eyes. Errors of legacy systems (`adapters.errors`) become
messages in `gateway.outage`; whatever else is raised is masked by the endpoint.
"""

from datetime import date
from enum import Enum


class ErrorCode(Enum):
    """Every code that stands in `extensions.code` or in a `UserError`."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    INVALID_CREDENTIALS = "INVALID_CREDENTIALS"
    INVALID_AUTH_CODE = "INVALID_AUTH_CODE"
    TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS"
    MEMBER_NOT_FOUND = "MEMBER_NOT_FOUND"
    ALREADY_REGISTERED = "ALREADY_REGISTERED"
    PROVISIONAL_SIGN_IN_REQUIRED = "PROVISIONAL_SIGN_IN_REQUIRED"
    MEMBER_NUMBER_MISSING = "MEMBER_NUMBER_MISSING"
    NOT_A_MEMBER_YET = "NOT_A_MEMBER_YET"
    TERMS_NOT_ACCEPTED = "TERMS_NOT_ACCEPTED"
    LOGIN_ID_REFUSED = "LOGIN_ID_REFUSED"
    LOGIN_ID_IN_USE = "LOGIN_ID_IN_USE"
    EMAIL_REFUSED = "EMAIL_REFUSED"
    EMAIL_IN_USE = "EMAIL_IN_USE"
    EMAIL_NOT_VERIFIED = "EMAIL_NOT_VERIFIED"
    PASSWORD_REFUSED = "PASSWORD_REFUSED"  # noqa: S105 - the name of an error
    LINK_INVALID = "LINK_INVALID"
    AUTH_CODE_REQUIRED = "AUTH_CODE_REQUIRED"
    AUTH_CODE_NOT_SET = "AUTH_CODE_NOT_SET"
    NOT_OFFERED = "NOT_OFFERED"
    ACCOUNT_NOT_FOUND = "ACCOUNT_NOT_FOUND"
    IDENTITY_CHECK_MISSING = "IDENTITY_CHECK_MISSING"
    NOT_LEAVING = "NOT_LEAVING"
    REFUND_DAY_REFUSED = "REFUND_DAY_REFUSED"
    REFUND_RECORDED = "REFUND_RECORDED"
    REFUND_NOT_CANCELLABLE = "REFUND_NOT_CANCELLABLE"
    INQUIRY_REFUSED = "INQUIRY_REFUSED"
    INQUIRY_NOT_FOUND = "INQUIRY_NOT_FOUND"
    INQUIRY_ANSWERED = "INQUIRY_ANSWERED"
    ANSWER_REFUSED = "ANSWER_REFUSED"
    MAIL_NOT_RESENDABLE = "MAIL_NOT_RESENDABLE"
    NOTICE_REFUSED = "NOTICE_REFUSED"
    NOTICE_NOT_FOUND = "NOTICE_NOT_FOUND"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    INSUFFICIENT_POINTS = "INSUFFICIENT_POINTS"
    ALREADY_SUSPENDED = "ALREADY_SUSPENDED"
    MANUAL_CHANNEL_REQUIRED = "MANUAL_CHANNEL_REQUIRED"
    MYPAGE_REQUIRED = "MYPAGE_REQUIRED"
    DEVICE_UNSUPPORTED = "DEVICE_UNSUPPORTED"
    CARD_REVOKED = "CARD_REVOKED"
    STORE_REFUSED = "STORE_REFUSED"
    NOT_SUSPENDED = "NOT_SUSPENDED"
    NOT_RECEIVABLE = "NOT_RECEIVABLE"
    CARD_NUMBER_IN_USE = "CARD_NUMBER_IN_USE"
    CARD_CODE_INVALID = "CARD_CODE_INVALID"
    CARD_CODE_EXPIRED = "CARD_CODE_EXPIRED"
    CARD_OF_ANOTHER_COOP = "CARD_OF_ANOTHER_COOP"
    CARD_NOT_ACTIVE = "CARD_NOT_ACTIVE"
    REQUEST_NOT_FOUND = "REQUEST_NOT_FOUND"
    NOT_SETTLEABLE = "NOT_SETTLEABLE"
    REASON_MISSING = "REASON_MISSING"
    NOTE_MISSING = "NOTE_MISSING"
    BAD_INPUT = "BAD_INPUT"
    NOT_YET_VIEWABLE = "NOT_YET_VIEWABLE"
    WITHDRAWN = "WITHDRAWN"
    VIEW_UNSUPPORTED_DEVICE = "VIEW_UNSUPPORTED_DEVICE"
    HISTORY_KIND_NOT_OFFERED = "HISTORY_KIND_NOT_OFFERED"
    SYSTEM_UNAVAILABLE = "SYSTEM_UNAVAILABLE"
    SYSTEM_CLOSED = "SYSTEM_CLOSED"
    SYSTEM_TIMEOUT = "SYSTEM_TIMEOUT"
    SYSTEM_ANSWER_GARBLED = "SYSTEM_ANSWER_GARBLED"
    SYSTEM_ANSWER_INCOMPLETE = "SYSTEM_ANSWER_INCOMPLETE"
    RATE_LIMITED = "RATE_LIMITED"
    OVERLOADED = "OVERLOADED"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    DOCUMENT_NOT_TRUSTED = "DOCUMENT_NOT_TRUSTED"
    INVALID_OPERATION = "INVALID_OPERATION"
    INTERNAL = "INTERNAL"


class GatewayError(Exception):
    """An error whose message a client may see. `extensions` go beside `code` in the answer."""

    code: ErrorCode

    def __init__(self, message: str, **extensions: object) -> None:
        super().__init__(message)
        self.message = message
        self.extensions = extensions


class Unauthenticated(GatewayError):
    """Nobody is signed in, or the session has ended."""

    code = ErrorCode.UNAUTHENTICATED

    def __init__(self) -> None:
        super().__init__("ログインしてください。")


class Forbidden(GatewayError):
    """The viewer may not see or do this. Says the same whether or not the thing exists."""

    code = ErrorCode.FORBIDDEN

    def __init__(self) -> None:
        super().__init__("この情報を利用する権限がありません。")


class BadInput(GatewayError):
    """An argument that cannot be used. `argument` names it as the schema spells it."""

    code = ErrorCode.BAD_INPUT

    def __init__(self, argument: str, message: str) -> None:
        super().__init__(message, argument=argument)


class NotYetViewable(GatewayError):
    """Profile and statements can be seen from the month after registration (E9, X16)."""

    code = ErrorCode.NOT_YET_VIEWABLE

    def __init__(self, viewable_from: date) -> None:
        super().__init__(
            f"マイページへご登録いただいた翌月（{viewable_from:%Y年%-m月%-d日}）より閲覧できます。",
            viewableFrom=viewable_from.isoformat(),
        )


class Withdrawn(GatewayError):
    """Access ends at the refund of the share capital (E22)."""

    code = ErrorCode.WITHDRAWN

    def __init__(self) -> None:
        super().__init__("出資金返還後はマイページの閲覧ができません。")


class UnsupportedDevice(GatewayError):
    """A phone that is no smartphone may register and not view (A2)."""

    code = ErrorCode.VIEW_UNSUPPORTED_DEVICE

    def __init__(self) -> None:
        super().__init__("スマホ以外の携帯電話では、マイページ登録は出来ますが、閲覧は出来ません。")


class HistoryKindNotOffered(GatewayError):
    """The asked page of the portal has no such history."""

    code = ErrorCode.HISTORY_KIND_NOT_OFFERED

    def __init__(self) -> None:
        super().__init__("この画面では、選択された種類の履歴は表示できません。")


class RateLimited(GatewayError):
    """Too much was asked for in a short while. `retry_after` is in whole seconds."""

    code = ErrorCode.RATE_LIMITED

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            "アクセスが集中しています。しばらくしてから、もう一度お試しください。", retryAfter=retry_after
        )


class Overloaded(GatewayError):
    """There is as much to do as can be done in time. Nothing was begun for this request."""

    code = ErrorCode.OVERLOADED
    retry_after = 2
    """Seconds."""

    def __init__(self) -> None:
        super().__init__(
            "ただいまアクセスが大変混み合っています。しばらくしてから、もう一度お試しください。",
            retryAfter=self.retry_after,
        )


class ServiceUnavailable(GatewayError):
    """The gateway itself cannot answer now, or not in time. What was asked for may have been done."""

    code = ErrorCode.SERVICE_UNAVAILABLE

    def __init__(self) -> None:
        super().__init__("ただいまサービスをご利用いただけません。時間をおいて、もう一度お試しください。")


class DocumentNotTrusted(GatewayError):
    """Only operations from manifests are run here. Says so to the developer whose client this is."""

    code = ErrorCode.DOCUMENT_NOT_TRUSTED
