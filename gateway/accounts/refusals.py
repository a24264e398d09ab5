"""Why something about an account was not done, in words for who asked (Japanese, `message`)."""

from dataclasses import dataclass
from typing import ClassVar

from gateway.accounts.password_policy import PasswordFault
from gateway.rules.login_ids import LONGEST, SHORTEST


@dataclass(frozen=True, slots=True)
class MemberNotFound:
    """No such member, or not the person: the same sentence for both (A25)."""

    message: ClassVar[str] = "入力された情報に該当する組合員が見つかりません"


@dataclass(frozen=True, slots=True)
class RegisteredAlready:
    """An account is opened once, and never again (A26, A27)."""

    message: ClassVar[str] = "お客様は既に本登録が完了しています"


@dataclass(frozen=True, slots=True)
class ProvisionalSignInRequired:
    """There is a provisional account to sign in to (A14)."""

    message: ClassVar[str] = (
        "すでに「仮登録」状態となっております。"
        "ログイン画面で、仮ログインID・仮パスワードを入力の上、本登録へとお進みください。"
    )


@dataclass(frozen=True, slots=True)
class NotAMemberYet:
    """The share capital has not been paid (E10)."""

    message: ClassVar[str] = "出資金のご入金をもって組合員となり、マイページ登録ができるようになります。"


@dataclass(frozen=True, slots=True)
class TermsNotAccepted:
    """Consent to the present terms is missing (A20, X2)."""

    message: ClassVar[str] = "利用規約をご確認のうえ、「利用規約に同意します。」にチェックしてください。"


@dataclass(frozen=True, slots=True)
class LoginIdRefused:
    """It cannot be a login ID."""

    message: ClassVar[str] = (
        f"ログインIDは半角英数字と「.」「_」「-」の{SHORTEST}文字以上{LONGEST}文字以内で、"
        "組合員番号以外のものをご入力ください。"
    )


@dataclass(frozen=True, slots=True)
class LoginIdInUse:
    """Somebody has it."""

    message: ClassVar[str] = "このログインIDは使用できません。別のログインIDをご入力ください。"


@dataclass(frozen=True, slots=True)
class EmailRefused:
    """It cannot be an e-mail address."""

    message: ClassVar[str] = "メールアドレスを正しくご入力ください。"


@dataclass(frozen=True, slots=True)
class EmailInUse:
    """Somebody signs in with it. Only staff are told."""

    message: ClassVar[str] = "このメールアドレスは別のアカウントで使用されています。"


@dataclass(frozen=True, slots=True)
class PasswordRefused:
    """It does not do as a password; one sentence for each reason."""

    faults: tuple[PasswordFault, ...]
    messages: tuple[str, ...]

    @property
    def message(self) -> str:
        """All of them."""
        return "".join(self.messages)


@dataclass(frozen=True, slots=True)
class LinkInvalid:
    """Unknown, used before, too old, or what was typed does not belong to it: nobody is told which."""

    message: ClassVar[str] = (
        "URLが無効か有効期限が切れているか、入力内容に誤りがあります。"
        "ご確認のうえ、はじめからお手続きをやり直してください。"
    )


@dataclass(frozen=True, slots=True)
class MyPageRequired:
    """The digital card is for who has registered (E13)."""

    message: ClassVar[str] = "デジタル組合員証はマイページ登録がないと、認証ができずご利用いただけません。"


@dataclass(frozen=True, slots=True)
class DeviceUnsupported:
    """The digital card is an app (E17)."""

    message: ClassVar[str] = (
        "申し訳ありませんが、デジタル組合員証はスマートフォンのアプリを利用しておりますので、"
        "携帯電話(フィーチャーフォン)ではご利用いただけません。"
    )


@dataclass(frozen=True, slots=True)
class CardRevoked:
    """The digital card has ended for good (E14, E24)."""

    message: ClassVar[str] = (
        "このデジタル組合員証はご利用を終了しています。デジタル組合員証アプリのアンインストールをしてください。"
    )


@dataclass(frozen=True, slots=True)
class AlertRefused:
    """A balance below which nobody can be told (B1)."""

    message: str


@dataclass(frozen=True, slots=True)
class NotOffered:
    """This co-op does it in another way; `message` says in which."""

    message: str


@dataclass(frozen=True, slots=True)
class MemberNumberMissing:
    """This co-op wants the member number as well (A29)."""

    message: ClassVar[str] = "組合員番号とログインIDをご入力ください。"


@dataclass(frozen=True, slots=True)
class NotLeaving:
    """Share capital is paid back to who has given notice of withdrawal (E22). Only staff are told."""

    message: ClassVar[str] = (
        "脱退手続き中の組合員ではありません。台帳で脱退の受付をご確認のうえ、もう一度お手続きください。"
    )


@dataclass(frozen=True, slots=True)
class RefundDayRefused:
    """It cannot be the day of the refund; `message` says why."""

    message: str


@dataclass(frozen=True, slots=True)
class RefundRecorded:
    """A refund of another day is on record. `message` says of which."""

    message: str


@dataclass(frozen=True, slots=True)
class RefundNotCancellable:
    """There is no such record, or it is no mistake any more. `message` says which. Only staff are told."""

    message: str


@dataclass(frozen=True, slots=True)
class RefundReasonMissing:
    """Why a record is cancelled stands in the access log."""

    message: ClassVar[str] = "取り消す理由を300文字以内でご入力ください。"


@dataclass(frozen=True, slots=True)
class AccountNotFound:
    """There is no such account in use. Only staff are told."""

    message: ClassVar[str] = "該当するアカウントがありません。"


@dataclass(frozen=True, slots=True)
class IdentityCheckMissing:
    """Staff have not written down how they know whom they speak with (A33, E2)."""

    message: ClassVar[str] = "ご本人様確認の方法と内容を記録してください。"


@dataclass(frozen=True, slots=True)
class InquiryRefused:
    """An inquiry that cannot be taken."""

    message: str


@dataclass(frozen=True, slots=True)
class InquiryNotFound:
    """The co-op has no such inquiry. Only staff are told."""

    message: ClassVar[str] = "該当するお問い合わせがありません。"


@dataclass(frozen=True, slots=True)
class InquiryAnswered:
    """Somebody was faster. `message` says when."""

    message: str


@dataclass(frozen=True, slots=True)
class AnswerRefused:
    """Nothing that could be sent as an answer."""

    message: str


@dataclass(frozen=True, slots=True)
class MailNotResendable:
    """Unknown, on its way still, or with a secret in it that is gone."""

    message: ClassVar[str] = (
        "このメールは再送できません。送信待ちのメールと、パスワードやURLを記載したメールは再送の対象外です。"
    )
