"""The domain's own enums, given their descriptions for the schema. There is no second set of enums to convert to."""

from enum import Enum

from adapters.records import (
    CardState,
    Circuit,
    EmploymentStatus,
    Genre,
    MemberKind,
    MemberStatus,
    NoticeAudience,
    PrepaidSource,
    Tender,
    TransactionType,
    WebPointEntryKind,
)
from gateway.coop_terms import (
    CoopFeature,
    DepositChannelKind,
    HistoryKind,
    ManualChannelKind,
    PasswordRecovery,
    PortalView,
    SignInIdentifier,
)
from gateway.instructions.suspensions import PicoSuspensionState
from gateway.outage import LegacySystem
from gateway.schema.describing import describe
from gateway.store.records import (
    ChangeRequestKind,
    ChangeRequestState,
    InquiryState,
    InquiryTopic,
    NoticeReach,
)


class SnapshotState(Enum):
    """Whether figures are fresh."""

    CURRENT = "CURRENT"
    LAST_KNOWN = "LAST_KNOWN"


class DigitalCardState(Enum):
    """The store's states, and the one of a card that was never activated."""

    NOT_ACTIVATED = "NOT_ACTIVATED"
    ACTIVE = "ACTIVE"
    REVOKED = "REVOKED"


describe(
    CoopFeature,
    "What a co-op offers on its portal.",
    {
        "PICO": "電子マネーPicoとポイント",
        "MEAL_CARD": "ミールカード",
        "GUARDIANS": "保護者のアカウント",
        "STATEMENTS": "請求明細",
        "DIGITAL_CARD": "デジタル組合員証",
        "PROFILE_CHANGE": "個人情報変更: name, address and phones, by `requestProfileChange` (E19)",
    },
)
describe(
    SignInIdentifier,
    "What a member types to sign in.",
    {"LOGIN_ID": "ログインID, chosen at registration", "EMAIL": "メールアドレス (E1)"},
)
describe(
    PasswordRecovery,
    "What a member who forgot the password receives (X15).",
    {
        "REISSUE": "再発行されたパスワード by mail (A30)",
        "RESET_LINK": "パスワードの再発行を行うためのURL by mail (E3)",
    },
)
describe(
    DepositChannelKind,
    "Ways to put money on the card (B18, B19).",
    {
        "PAYMENT_SLIP": "払込用紙での入金",
        "REGISTER": "現金を持参し、店舗レジでの入金",
        "CHARGE_MACHINE": "チャージ機での入金",
        "INTERNET_TRANSFER": "インターネット送金",
        "DIRECT_DEBIT": "口座からの自動引き落とし",
    },
)
describe(
    ManualChannelKind,
    "What is done outside MyPage.",
    {
        "JOINING_FORM": "HPの「加入申込」フォーム (E16)",
        "TRANSFER_AND_RETIREMENT_FORM": "HPの「異動と退職」 (E18)",
        "INQUIRY_FORM": "お問い合せ (D10)",
        "PHONE": "お電話",
    },
)
describe(
    PortalView,
    "Which of the two portal pages a history is for. What is shown differs; it is presentation, never a "
    "security boundary (X22).",
    {"PC": "PC版マイページ", "SMARTPHONE": "スマートフォン版マイページ"},
)
describe(
    HistoryKind,
    "The histories of the portal (B25–B29).",
    {
        "ALL": "全購入履歴 (PC), すべて (smartphone)",
        "FOOD": "食の履歴",
        "LEARNING": "学びの履歴, PC only, since joining (B24, X5)",
        "BOOKS_AND_MAGAZINES": "書籍・雑誌, smartphone only, since joining (B29)",
        "OTHER": "その他, smartphone only, since joining (B29)",
        "DEPOSITS": "入金履歴, PC only",
        "PREPAID": "プリペ履歴 (PC), プリペイド利用履歴 of this and last month (smartphone, B26)",
    },
)
describe(
    MemberStatus,
    "Where a member stands between joining and leaving.",
    {
        "AWAITING_PAYMENT": "加入申込済み、出資金未入金 (E10)",
        "ACTIVE": "加入中",
        "WITHDRAWING": "脱退手続き中: notice given, share capital not yet refunded",
        "WITHDRAWN": "脱退済み: share capital refunded (E22)",
    },
)
describe(
    MemberKind,
    "組合員区分.",
    {
        "STUDENT": "学部学生",
        "GRADUATE_STUDENT": "大学院生",
        "FACULTY": "教職員 of the university",
        "SCHOOL_STAFF": "学校の教職員 (E5)",
        "OTHER": "その他",
    },
)
describe(EmploymentStatus, "現職か退職か (E5).", {"IN_SERVICE": "現職", "RETIRED": "退職"})
describe(
    CardState,
    "The state of a card.",
    {
        "ACTIVE": "利用中",
        "REPLACED": "再発行により使用不可 (D7)",
        "RETURNED": "返却済み",
    },
)
describe(
    Genre,
    "ジャンル of a transaction.",
    {
        "NONE": "ジャンルなし: not a purchase, such as a deposit",
        "FOOD": "食",
        "BOOKS": "書籍",
        "MAGAZINES": "雑誌",
        "STATIONERY": "文具",
        "COMPUTERS": "パソコン・電子辞書",
        "COURSES": "講座",
        "FURNISHINGS": "家具・家電",
        "DRIVING_SCHOOL": "自動車教習",
        "DAILY_GOODS": "日用品",
        "OTHER": "その他",
    },
)
describe(
    Tender,
    "How a transaction was paid.",
    {
        "PICO": "電子マネーPico",
        "CASH": "現金",
        "CREDIT_CARD": "クレジットカード",
        "MEAL_CARD": "ミールカード",
        "POINTS": "ポイント",
        "PAYMENT_SLIP": "払込票",
    },
)
describe(
    TransactionType,
    "What kind of transaction it is.",
    {
        "PURCHASE": "購入",
        "REVERSAL": "取消: takes an earlier purchase back, its amount is negative",
        "DEPOSIT": "入金 at a register or charge machine",
        "AUTOMATIC_TOP_UP": "オートチャージ of 200 points at the register (B4)",
        "WEB_POINT_TOP_UP": "Webポイントのチャージ (B7)",
        "SLIP_RECEIPT": "払込票入金の受け取り (B11)",
    },
)
describe(
    PrepaidSource,
    "Where unreceived money comes from.",
    {"PAYMENT_SLIP": "Picoチャージ用の払込票 (B10)", "WEB_POINTS": "Webポイントの受取申請 (B7)"},
)
describe(
    WebPointEntryKind,
    "What moved the Web points.",
    {"EARNED": "獲得 in the app (B5)", "TRANSFERRED": "プリペイドへの受取申請 (B6)"},
)
describe(
    NoticeReach,
    "Whom a published notice is for.",
    {
        "EVERYONE": "全員 (D8)",
        "MEMBERS": "個別: the members of a list (D9)",
        "SEGMENT": "条件指定: whoever fits, whenever it is read (D9)",
    },
)
describe(
    NoticeAudience,
    "Who a notice is meant for (X14).",
    {"EVERYONE": "生協からのお知らせ (D8)", "PERSONAL": "あなたへのお知らせ (D9)"},
)
describe(
    SnapshotState,
    "Whether figures come from the legacy system just now.",
    {
        "CURRENT": "The system's own present answer. Its figures are still those of `asOf`.",
        "LAST_KNOWN": "The last answer known, served while the system does not answer.",
    },
)
describe(
    Circuit,
    "The circuit breaker before a legacy system.",
    {
        "CLOSED": "The system is asked.",
        "HALF_OPEN": "It is tried with a few calls, after a rest.",
        "OPEN": "It failed too often and is left in peace for a while.",
    },
)
describe(
    LegacySystem,
    "The systems behind the gateway.",
    {
        "REGISTRY": "組合員台帳",
        "POS": "POS: 電子マネー、利用履歴、ミールカード",
        "NOTICES": "お知らせ",
        "MAILER": "メール",
    },
)
describe(
    DigitalCardState,
    "デジタル組合員証の状態.",
    {
        "NOT_ACTIVATED": "未認証",
        "ACTIVE": "利用中",
        "REVOKED": "利用停止: MyPage was left (E14) or the membership ended (E24)",
    },
)
describe(
    ChangeRequestKind,
    "What was asked for.",
    {
        "PROFILE_CHANGE": "登録内容の変更 (E19)",
        "WEB_POINT_TRANSFER": "ポイント受取申請 (B6)",
        "PICO_SUSPENSION": "電子マネー利用停止 (D1, D3)",
        "PICO_RESUMPTION": "電子マネー利用再開 (D2)",
        "CARD_REISSUE": "組合員証の再発行 (D5)",
        "PREPAID_RECEIPT": "未受取プリペイドの受け取り (B10)",
    },
)
describe(
    ChangeRequestState,
    "How far a request has come.",
    {
        "RECEIVED": "受付済み",
        "IN_PROGRESS": "処理中",
        "DONE": "完了",
        "REJECTED": "お受けできませんでした",
        "NEEDS_ATTENTION": "職員が確認中",
    },
)
describe(
    PicoSuspensionState,
    "How far a suspension has come.",
    {
        "REQUESTED": "利用停止申請を受け付けました: on its way to the registers",
        "IN_EFFECT": "利用停止中",
        "RESUMPTION_REQUESTED": "利用再開の手続き中: still stopped (D2)",
    },
)
describe(
    InquiryState,
    "How far an inquiry has come.",
    {"OPEN": "受付済み", "ANSWERED": "回答済み"},
)
describe(
    InquiryTopic,
    "What an inquiry is about.",
    {
        "MEMBER_NUMBER": "組合員番号の確認 (A7)",
        "EMAIL_ADDRESS": "メールアドレス変更 (A35)",
        "OTHER": "その他",
    },
)
