"""A co-op: everything in which it differs from others, as its file in `gateway/coops` says.

Values only. What they mean is in `gateway.rules`; `gateway.coop_config.reading` reads and checks the file.
"""

from typing import Annotated

from pydantic import Field

from gateway.coop_config.parts import (
    DepositChannel,
    ManualChannel,
    Pages,
    Part,
    Phone,
    PrepaidDisclosure,
    Store,
    Terms,
    Text,
    Texts,
    spelled,
)
from gateway.coop_config.rules import (
    BillingRules,
    Calendar,
    MemberNumberFormat,
    PicoRules,
    ProvisionalRules,
    ReminderRules,
    ViewingRules,
)
from gateway.coop_config.systems import SystemsConfig
from gateway.coop_terms import CoopFeature, PasswordRecovery, SignInIdentifier


class Coop(Part):
    """生協. `pico` is there exactly when the co-op has the feature PICO, `billing` when it has STATEMENTS."""

    code: Annotated[str, spelled(r"[a-z][a-z0-9-]{1,30}", "small letters, digits and hyphens only")]
    name: Text
    phone: Phone
    inquiry_hours: Text | None = None
    mail_domain: Annotated[str, spelled(r"[a-z0-9-]+(\.[a-z0-9-]+)+", "a domain such as klas.seikyou.jp")]
    """The domain members are asked to let through (A24)."""
    mail_from: Annotated[str, spelled(r"[^@\s<>]+@[^@\s<>]+", "an address such as mypage@klas.seikyou.jp")]

    features: frozenset[CoopFeature]
    sign_in_identifier: SignInIdentifier
    password_recovery: PasswordRecovery
    member_numbers: MemberNumberFormat
    provisional: ProvisionalRules | None = None
    """Where members are given provisional credentials (A13)."""
    member_number_help: Text
    """Where a member finds the number (A6)."""
    terms: Terms

    pages: Pages

    stores: tuple[Store, ...] = ()
    deposit_channels: tuple[DepositChannel, ...] = ()
    prepaid_disclosure: PrepaidDisclosure | None = None
    manual_channels: tuple[ManualChannel, ...]
    recommended_environments: tuple[Text, ...] = ()
    """As the co-op publishes them (E25)."""
    card_reissue_fee: Annotated[int, Field(ge=0)] | None = None
    """Yen (D5)."""

    pico: PicoRules | None = None
    billing: BillingRules | None = None
    viewing: ViewingRules
    calendar: Calendar
    reminders: ReminderRules

    texts: Texts = Texts()
    systems: SystemsConfig
