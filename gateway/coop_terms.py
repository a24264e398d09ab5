"""The words in which co-ops differ: enums that the configuration, the rules and the schema share."""

from enum import Enum


class CoopFeature(Enum):
    """What a co-op offers its members on MyPage.

    PICO: prepaid money and points (電子マネーPico). MEAL_CARD: ミールカード. STATEMENTS: 請求明細.
    DIGITAL_CARD: デジタル組合員証. GUARDIANS: accounts for guardians (保護者) of students.
    PROFILE_CHANGE: 個人情報変更 of name, address and phones (E19, X19).
    """

    PICO = "PICO"
    MEAL_CARD = "MEAL_CARD"
    STATEMENTS = "STATEMENTS"
    DIGITAL_CARD = "DIGITAL_CARD"
    GUARDIANS = "GUARDIANS"
    PROFILE_CHANGE = "PROFILE_CHANGE"


class SignInIdentifier(Enum):
    """What a member types beside the password: a login ID of their own (A37), or the e-mail address (E1)."""

    LOGIN_ID = "LOGIN_ID"
    EMAIL = "EMAIL"


class PasswordRecovery(Enum):
    """How a forgotten password is replaced (X15): a reissued one by mail (A30), or a link by mail (E3)."""

    REISSUE = "REISSUE"
    RESET_LINK = "RESET_LINK"


class PortalView(Enum):
    """Which of the two portal pages a history is shown as (X22): PC版 or スマートフォン版."""

    PC = "PC"
    SMARTPHONE = "SMARTPHONE"


class HistoryKind(Enum):
    """The histories the portals offer (B25, B28).

    ALL: 全購入履歴. FOOD: 食の履歴. LEARNING: 学びの履歴. BOOKS_AND_MAGAZINES: 書籍・雑誌. OTHER: その他.
    DEPOSITS: 入金履歴. PREPAID: プリペ履歴, プリペイド利用履歴.
    """

    ALL = "ALL"
    FOOD = "FOOD"
    LEARNING = "LEARNING"
    BOOKS_AND_MAGAZINES = "BOOKS_AND_MAGAZINES"
    OTHER = "OTHER"
    DEPOSITS = "DEPOSITS"
    PREPAID = "PREPAID"


class DepositChannelKind(Enum):
    """Ways to put money in (B18, B19): 払込票, 店舗レジ, チャージ機, インターネット送金, 自動引き落とし."""

    PAYMENT_SLIP = "PAYMENT_SLIP"
    REGISTER = "REGISTER"
    CHARGE_MACHINE = "CHARGE_MACHINE"
    INTERNET_TRANSFER = "INTERNET_TRANSFER"
    DIRECT_DEBIT = "DIRECT_DEBIT"


class ManualChannelKind(Enum):
    """Ways to the co-op's staff: 加入申込 (E16), 異動と退職 (E18), お問い合せフォーム (D10), 電話 (E2)."""

    JOINING_FORM = "JOINING_FORM"
    TRANSFER_AND_RETIREMENT_FORM = "TRANSFER_AND_RETIREMENT_FORM"
    INQUIRY_FORM = "INQUIRY_FORM"
    PHONE = "PHONE"
