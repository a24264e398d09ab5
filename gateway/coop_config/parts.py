"""The parts of a co-op that members see: texts, stores, channels. All texts are Japanese."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from gateway.coop_terms import DepositChannelKind, ManualChannelKind


class Part(BaseModel):
    """A part of a co-op's file: never changed once read, and a key it does not know is a mistake.

    What two keys must agree on is checked at the later one, so that mistakes elsewhere do not hide it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def spelled(pattern: str, meaning: str) -> AfterValidator:
    """Text of a given form; `meaning` is what the form is called where a mistake is told."""
    form = re.compile(pattern)

    def check(text: str) -> str:
        if not form.fullmatch(text):
            raise ValueError(f"must be {meaning}")
        return text

    return AfterValidator(check)


Text = Annotated[str, Field(min_length=1)]
Url = Annotated[str, spelled(r"https?://[^\s/]+\S*", "an address such as https://www.example.jp/terms")]
Phone = Annotated[
    str, spelled(r"0\d{1,4}-\d{1,4}-\d{3,4}", "a phone number with hyphens, such as 0172-34-4806")
]
StoreCode = Annotated[str, spelled(r"[0-9]{3}", "three digits in quotes, such as 001")]


class Terms(Part):
    """利用規約 (A20). A new `version` is accepted anew."""

    version: Text
    text: Text
    url: Url | None = None


_OF_A_PAGE = "an address with {token} after its `#`, such as https://mypage.example.jp/confirm#token={token}"
PageUrl = Annotated[str, spelled(r"https?://[^\s/#]+/[^\s#{}]*#[^\s{}]*\{token\}[^\s{}]*", _OF_A_PAGE)]


class Pages(Part):
    """The portal's pages that mails lead to. What follows `#` stays in the browser: no server logs a token.

    `password_reset_url` is for co-ops that mail a link when the password is forgotten (E3).
    """

    home_url: Url
    registration_url: PageUrl
    email_confirmation_url: PageUrl
    password_reset_url: PageUrl | None = None


class Store(Part):
    """A store and what it can do (B14, B21, D4). `code` is the one the POS journal carries."""

    code: StoreCode
    name: Text
    accepts_pico: bool
    can_receive_prepaid: bool
    is_dining_hall: bool = False
    hours: Text | None = None


class DepositChannel(Part):
    """A way to put money in, or one the co-op says it does not offer (B18, B19)."""

    kind: DepositChannelKind
    name: Text
    available: bool
    description: Text


class ManualChannel(Part):
    """A way to the co-op's staff for what MyPage does not do (D10, E2, E16, E18), by `url` or `phone`."""

    kind: ManualChannelKind
    name: Text
    url: Url | None = None
    phone: Phone | None = Field(default=None, validate_default=True)
    description: Text

    @field_validator("phone")
    @classmethod
    def _leads_somewhere(cls, phone: str | None, info: ValidationInfo) -> str | None:
        if phone is None and info.data.get("url", "a wrong one") is None:
            raise ValueError("is missing, and so is `url`; give at least one of them")
        return phone


class PrepaidDisclosure(Part):
    """What the Payment Services Act (資金決済法) wants disclosed of prepaid money; `refund` is B22."""

    issuer: Text
    usable_at: Text
    refund: Text
    balance_check: Text
    expiry: Text
    complaints_desk: Text


class Texts(Part):
    """Sentences shown beside figures. Empty where the co-op has no such feature.

    The rule each comes from stands in docs/operators/configure.md.
    """

    as_of_note: str = ""
    receipt_note: str = ""
    slip_note: str = ""
    no_collection_deadline: str = ""
    lifetime_explanation: str = ""
    meal_card_balance_notice: str = ""
    how_to_resume: str = ""
    meal_card_follow_up: str = ""
    registration_fee: str = ""
    withdrawal_warning: str = ""
