"""What a co-op (生協) says of itself. Open to all, signed in or not."""

import strawberry

from gateway import coop as config
from gateway.coop_config import parts
from gateway.coop_terms import (
    CoopFeature,
    DepositChannelKind,
    ManualChannelKind,
    PasswordRecovery,
    SignInIdentifier,
)
from gateway.execution import read_field
from gateway.schema.scalars import CoopCode, Yen


@strawberry.type(description="利用規約: the terms a member accepts at registration (A20).")
class Terms:
    """The co-op's terms of use."""

    version: str = strawberry.field(description="Names this wording; stored with every acceptance.")
    text: str = strawberry.field(description="The wording.")
    url: str | None = strawberry.field(description="Where it is published.")

    @classmethod
    def of(cls, terms: parts.Terms) -> "Terms":
        """From the co-op's file."""
        return cls(version=terms.version, text=terms.text, url=terms.url)


@strawberry.type(description="店舗: a store and what it can do (B14, B21).")
class Store:
    """A store of the co-op."""

    part: strawberry.Private[parts.Store]
    code: str = read_field("part.code", description="The POS's code of the store.")
    name: str = read_field("part.name", description="店舗名.")
    accepts_pico: bool = read_field("part.accepts_pico", description="Picoで支払える.")
    can_receive_prepaid: bool = read_field(
        "part.can_receive_prepaid", description="未受取プリペイドを受け取れる (B14)."
    )
    is_dining_hall: bool = read_field("part.is_dining_hall", description="食堂店: handles meal cards (D4).")
    hours: str | None = read_field("part.hours", description="営業時間, as the co-op words it.")

    @classmethod
    def with_code(cls, coop: config.Coop, code: str | None) -> "Store | None":
        """The co-op's store that the POS calls so; None for none, or one that is no more."""
        for store in coop.stores:
            if store.code == code:
                return cls(part=store)
        return None


@strawberry.type(
    description="入金方法: a way to put money on the card, or one the co-op does not offer (B18, B19)."
)
class DepositChannel:
    """A way to pay in."""

    kind: DepositChannelKind = strawberry.field(description="Which way.")
    name: str = strawberry.field(description="Its name for members.")
    available: bool = strawberry.field(description="Whether this co-op offers it.")
    description: str = strawberry.field(description="How it works, or that it is not offered.")

    @classmethod
    def of(cls, channel: parts.DepositChannel) -> "DepositChannel":
        """From the co-op's file."""
        return cls(
            kind=channel.kind,
            name=channel.name,
            available=channel.available,
            description=channel.description,
        )


@strawberry.type(
    description="前払式支払手段の表示事項 (資金決済法): what an issuer of prepaid value discloses."
)
class PrepaidDisclosure:
    """The issuer's duties of disclosure."""

    issuer: str = strawberry.field(description="発行者.")
    usable_at: str = strawberry.field(description="利用できる場所 (B21).")
    refund: str = strawberry.field(description="払い戻しについて (B22).")
    balance_check: str = strawberry.field(description="残高の確認方法.")
    expiry: str = strawberry.field(description="有効期限 (B23).")
    complaints_desk: str = strawberry.field(description="苦情・相談窓口.")

    @classmethod
    def of(cls, disclosure: parts.PrepaidDisclosure) -> "PrepaidDisclosure":
        """From the co-op's file."""
        return cls(
            issuer=disclosure.issuer,
            usable_at=disclosure.usable_at,
            refund=disclosure.refund,
            balance_check=disclosure.balance_check,
            expiry=disclosure.expiry,
            complaints_desk=disclosure.complaints_desk,
        )


@strawberry.type(description="マイページ以外の手続き: what is done by form or phone (E16, E18).")
class ManualChannel:
    """A way to the co-op outside MyPage."""

    kind: ManualChannelKind = strawberry.field(description="Which way.")
    name: str = strawberry.field(description="Its name for members.")
    url: str | None = strawberry.field(description="The form's address.")
    phone: str | None = strawberry.field(description="The number to call.")
    description: str = strawberry.field(description="When to use it.")

    @classmethod
    def of(cls, channel: parts.ManualChannel) -> "ManualChannel":
        """From the co-op's file."""
        return cls(
            kind=channel.kind,
            name=channel.name,
            url=channel.url,
            phone=channel.phone,
            description=channel.description,
        )


@strawberry.type(description="生協: one co-op, its rules and its contacts.")
class Coop:
    """One co-op."""

    code: CoopCode = strawberry.field(description="Names the co-op in every request.")
    name: str = strawberry.field(description="生協名.")
    phone: str = strawberry.field(description="TEL.")
    inquiry_hours: str | None = strawberry.field(description="お問い合せの受付時間.")
    mail_domain: str = strawberry.field(description="ドメイン指定受信に設定するドメイン (A24).")
    features: list[CoopFeature] = strawberry.field(
        description="What the portal offers. Fields of what is not offered are null without an error."
    )
    sign_in_identifier: SignInIdentifier = strawberry.field(description="What members type to sign in.")
    password_recovery: PasswordRecovery = strawberry.field(description="パスワードを忘れたとき (X15).")
    member_number_help: str = strawberry.field(description="Where the number is found (A6).")
    registration_fee: str | None = strawberry.field(description="登録費用 (E6).")
    terms: Terms = strawberry.field(description="利用規約.")
    stores: list[Store] = strawberry.field(description="店舗.")
    deposit_channels: list[DepositChannel] = strawberry.field(description="入金方法, also those not offered.")
    prepaid_disclosure: PrepaidDisclosure | None = strawberry.field(
        description="前払式支払手段の表示, null where the co-op issues none."
    )
    manual_channels: list[ManualChannel] = strawberry.field(description="マイページ以外の手続き.")
    recommended_environments: list[str] = strawberry.field(
        description="推奨環境 as the co-op publishes it (E25). TLS is not lowered for them."
    )
    card_reissue_fee: Yen | None = strawberry.field(description="組合員証の再発行手数料 (D5).")
    guardian_may_suspend_pico: bool = strawberry.field(
        description="Whether a guardian may suspend the student's Pico (X13)."
    )

    @classmethod
    def of(cls, coop: config.Coop) -> "Coop":
        """From the co-op's file."""
        disclosure = coop.prepaid_disclosure
        return cls(
            code=CoopCode(coop.code),
            name=coop.name,
            phone=coop.phone,
            inquiry_hours=coop.inquiry_hours,
            mail_domain=coop.mail_domain,
            features=sorted(coop.features, key=lambda feature: feature.value),
            sign_in_identifier=coop.sign_in_identifier,
            password_recovery=coop.password_recovery,
            member_number_help=coop.member_number_help,
            registration_fee=coop.texts.registration_fee or None,
            terms=Terms.of(coop.terms),
            stores=[Store(part=store) for store in coop.stores],
            deposit_channels=[DepositChannel.of(channel) for channel in coop.deposit_channels],
            prepaid_disclosure=None if disclosure is None else PrepaidDisclosure.of(disclosure),
            manual_channels=[ManualChannel.of(channel) for channel in coop.manual_channels],
            recommended_environments=list(coop.recommended_environments),
            card_reissue_fee=None if coop.card_reissue_fee is None else Yen(coop.card_reissue_fee),
            guardian_may_suspend_pico=coop.pico is not None and coop.pico.guardian_may_suspend,
        )
