"""Enums of accounts, codes, mail and the access log, described for the schema."""

from enum import Enum

from gateway.accounts.disclosure import IdentityCheckMethod
from gateway.accounts.password_policy import PasswordFault
from gateway.instructions.settling import Settlement
from gateway.schema.describing import describe
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    AccountKind,
    AccountState,
    AuthCodeMethod,
    MailKind,
    MailState,
    SessionPurpose,
)
from gateway.viewer import StaffRole


class SessionTransport(Enum):
    """How a session is carried."""

    COOKIE = "COOKIE"
    TOKEN = "TOKEN"  # noqa: S105 - the name of a choice, not a secret


describe(
    SessionTransport,
    "How a session travels.",
    {
        "COOKIE": "A `__Host-` cookie, for the web. No token stands in the answer.",
        "TOKEN": "A token in the answer, sent as `Authorization: Bearer …`, for mobile and staff tools.",
    },
)
describe(
    SessionPurpose,
    "What a session is good for.",
    {
        "FULL": "Everything the person may do.",
        "REGISTER": "仮ログイン: only `sendTestMail` and `completeRegistration` (A13, A18).",
        "CHANGE_PASSWORD": "再発行されたパスワードでのログイン: only `changePassword` (A30).",
    },
)
describe(
    AuthCodeMethod,
    "認証コードの受け取り方 (E26).",
    {
        "NONE": "認証コードなし",
        "EMAIL": "メールで受け取る",
        "TOTP": "認証アプリ (TOTP, RFC 6238)",
    },
)
describe(
    PasswordFault,
    "Why a password is refused.",
    {
        "TOO_SHORT": "短すぎる: 15 characters, or 8 together with an authentication code",
        "TOO_LONG": "長すぎる: more than 128 characters",
        "COMMON": "よく使われているパスワード",
        "OWN_WORDS": "ログインID、生年月日、生協名などを含む",
    },
)
describe(
    IdentityCheckMethod,
    "How staff made sure who somebody is (A33, E2).",
    {
        "PHONE_CALLBACK": "登録されている電話番号への折り返し",
        "CARD_SHOWN": "組合員証の提示",
        "DOCUMENT_SHOWN": "身分証明書の提示",
        "QUESTIONS": "登録内容についての質問",
    },
)
describe(
    Settlement,
    "How staff settle a 申請 (E20).",
    {
        "DONE": "完了: it has been done",
        "REJECTED": "お断り, with a reason for the member",
        "TRY_AGAIN": "再実行: the POS is asked once more",
    },
)
describe(
    AccountKind,
    "Whose account it is.",
    {"MEMBER": "組合員本人", "GUARDIAN": "保護者 (A16)", "STAFF": "生協職員"},
)
describe(
    AccountState,
    "Where an account stands.",
    {
        "PROVISIONAL": "仮登録 (A14)",
        "AWAITING_CONFIRMATION": "本登録用URLの確認待ち (A21)",
        "REGISTERED": "本登録済み",
        "LOCKED": "ロック中 (E26)",
        "CLOSED": "利用中止 (E14), or the membership has ended (E22)",
    },
)
describe(
    StaffRole,
    "What a member of staff may do.",
    {
        "DESK": "窓口: looks members up and helps them in",
        "STORE": "店舗: registers, cards, money",
        "OFFICE": "事務局: membership, statements, notices",
        "AUDITOR": "監査: reads the access log",
        "ADMINISTRATOR": "管理者: staff accounts and systems",
    },
)
describe(
    MailState,
    "How far a mail has come.",
    {
        "QUEUED": "送信待ち",
        "SENT": "送信済み",
        "UNDELIVERABLE": "宛先不明: the mail system will never deliver it",
        "NEEDS_ATTENTION": "要確認: tried too often",
        "STOPPED": "取りやめ: its notice was withdrawn before it left",
    },
)
describe(
    MailKind,
    "What a mail is about.",
    {
        "TEST": "メール送信テスト (A17)",
        "REGISTRATION_LINK": "本登録用URL (A21)",
        "REGISTRATION_COMPLETE": "本登録の完了",
        "REGISTRATION_ATTEMPTED": "登録済みの方への登録申込みのお知らせ",
        "EMAIL_CONFIRMATION": "メールアドレスの確認用URL (A36, X4)",
        "EMAIL_CHANGE_ANNOUNCED": "メールアドレス変更の予告, to the old address",
        "EMAIL_CHANGED": "メールアドレス変更の完了",
        "EMAIL_CHANGED_BY_STAFF": "職員によるメールアドレス変更の完了 (A35)",
        "LOGIN_ID_REMINDER": "ログインIDのお知らせ (A28)",
        "LOGIN_ID_CHANGED": "ログインID変更の完了",
        "REISSUED_PASSWORD": "再発行されたパスワード (A30)",
        "PASSWORD_RESET_LINK": "パスワードの再発行を行うためのURL (E3)",
        "PASSWORD_CHANGED": "パスワード変更の完了",
        "AUTH_CODE": "認証コード (E26)",
        "AUTH_CODE_CHANGED": "認証コードの設定変更",
        "ACCOUNT_LOCKED": "アカウントのロック (E26)",
        "LEFT": "マイページの利用中止 (E14)",
        "INVITATION": "マイページ登録のご案内 (E11)",
        "INQUIRY_RECEIVED": "お問い合わせの受付",
        "REQUEST_RECEIVED": "お手続きの受付 (B6, E19)",
        "SUSPENSION_RECEIVED": "電子マネー利用停止の受付 (D1)",
        "REQUEST_DONE": "お手続きの完了",
        "REQUEST_REJECTED": "お受けできなかったお手続き",
        "INQUIRY_ANSWERED": "お問い合わせへの回答",
        "MEMBERSHIP_ENDED": "出資金の返還とマイページの閲覧終了 (E22)",
        "NOTICE": "お知らせ published by staff (D8, D9)",
        "LOW_BALANCE": "残高のお知らせ, of the previous day (B2)",
        "READY_TO_COLLECT": "未受取プリペイドの受け取り (B14, B15)",
        "GRADUATION": "卒業前の残高のご確認 (B23, X9)",
        "LEAVING": "脱退前の請求明細のご確認 (E23)",
    },
)
describe(
    AccessAction,
    "What was done.",
    {
        "SIGN_IN": "ログイン",
        "SIGN_OUT": "ログアウト",
        "END_SESSION": "セッションの終了",
        "VIEW": "個人情報の閲覧",
        "REGISTER": "登録の申込み (A15, A18)",
        "CONFIRM": "本登録・メールアドレスの確認 (A21)",
        "MAIL_REQUESTED": "メールの送信依頼 (A17, A23)",
        "RECOVERY_REQUESTED": "ログインID・パスワードの再発行の申込み (A28, A29)",
        "PASSWORD_CHANGED": "パスワードの変更",
        "EMAIL_CHANGED": "メールアドレスの変更",
        "LOGIN_ID_CHANGED": "ログインIDの変更",
        "AUTH_CODE_SET": "認証コードの設定 (E26)",
        "LOCKED": "アカウントのロック (E26)",
        "UNLOCKED": "ロックの解除",
        "IDENTITY_CHECK": "本人確認 (A33, E2)",
        "SHARING_CHANGED": "保護者への公開設定の変更 (X13)",
        "LEFT": "マイページの利用中止 (E14)",
        "SHARE_PAYMENT_CONFIRMED": "出資金の入金確認 (E10)",
        "SHARE_REFUND_RECORDED": "出資金の返還の記録 (E22)",
        "SHARE_REFUND_CANCELLED": "出資金の返還の記録の取消 (E22)",
        "INQUIRY_SUBMITTED": "お問い合わせの送信",
        "INQUIRY_ANSWERED": "お問い合わせへの回答",
        "CARD_ACTIVATED": "デジタル組合員証の認証 (E13)",
        "ALERTS_CHANGED": "お知らせメールの設定の変更",
        "CARD_VERIFIED": "デジタル組合員証の確認",
        "CHANGE_REQUESTED": "お手続きの申込み (B6, D1, E19)",
        "CHANGE_SETTLED": "お手続きの完了・お断り",
        "NOTICE_PUBLISHED": "お知らせの掲載 (D8, D9)",
        "NOTICE_WITHDRAWN": "お知らせの取り下げ",
        "ROLES_CHANGED": "職員の権限の変更",
        "EXPORT": "アクセスログの書き出し (E27)",
        "NOT_PERMITTED": "権限のない操作: `what` names the fields that the viewer's role may not use.",
    },
)
describe(
    AccessOutcome,
    "Whether it was let through.",
    {"ALLOWED": "許可", "REFUSED": "拒否"},
)
