"""What was asked for with each kind of 申請."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated

import strawberry

from gateway.coop import Coop as CoopConfig
from gateway.schema.coop import Store
from gateway.store.records import ChangeRequestKind, Details


@strawberry.type(description="ポイント受取申請 (B6).")
class WebPointTransferDetails:
    """Web points on their way to unreceived prepaid."""

    points: int = strawberry.field(description="申請したポイント数; so many yen arrive (B6, B7).")
    available_from: date = strawberry.field(
        description="受け取り可能日, counted from the day of the request, and once it is DONE from the day on which it "
        "was carried out: a later one where the POS was out past midnight (B8, B9, X6)."
    )

    @classmethod
    def of(cls, details: Details) -> "WebPointTransferDetails":
        """From the store."""
        return cls(
            points=int(details["points"]), available_from=date.fromisoformat(str(details["available_from"]))
        )


@strawberry.type(description="電子マネー利用停止申請 (D1, D3).")
class PicoSuspensionDetails:
    """Where Pico was stopped."""

    store: Store | None = strawberry.field(
        description="受け付けた店舗, null when asked for on MyPage (D1, D3)."
    )

    @classmethod
    def of(cls, details: Details, coop: CoopConfig) -> "PicoSuspensionDetails":
        """From the store."""
        return cls(store=_store(details, coop))


@strawberry.type(description="電子マネー利用再開 (D2).")
class PicoResumptionDetails:
    """Where Pico was started again."""

    store: Store | None = strawberry.field(description="受け付けた店舗, null for one that is no more.")

    @classmethod
    def of(cls, details: Details, coop: CoopConfig) -> "PicoResumptionDetails":
        """From the store."""
        return cls(store=_store(details, coop))


@strawberry.type(description="組合員証の再発行 (D5–D7).")
class CardReissueDetails:
    """The new card."""

    card_number: str = strawberry.field(description="新しいカード番号.")

    @classmethod
    def of(cls, details: Details) -> "CardReissueDetails":
        """From the store."""
        return cls(card_number=str(details["card_number"]))


@strawberry.type(description="未受取プリペイドの受け取り (B11).")
class PrepaidReceiptDetails:
    """What was handed out, and where."""

    slip_number: str = strawberry.field(description="受付番号 of the unreceived sum.")
    store: Store | None = strawberry.field(description="受け取った店舗, null for one that is no more.")

    @classmethod
    def of(cls, details: Details, coop: CoopConfig) -> "PrepaidReceiptDetails":
        """From the store."""
        return cls(slip_number=str(details["slip_number"]), store=_store(details, coop))


@strawberry.type(description="個人情報変更 (E19): what is to change; null for what stays.")
class ProfileChangeDetails:
    """Fields of the profile as they are to be."""

    name: str | None = strawberry.field(description="氏名.")
    kana: str | None = strawberry.field(description="氏名カナ.")
    postal_code: str | None = strawberry.field(description="郵便番号.")
    address: str | None = strawberry.field(description="住所.")
    home_phone: str | None = strawberry.field(description="電話番号, digits only.")
    mobile_phone: str | None = strawberry.field(description="携帯電話番号, digits only.")

    @classmethod
    def of(cls, details: Details) -> "ProfileChangeDetails":
        """From the store."""
        return cls(
            name=_text(details, "name"),
            kana=_text(details, "kana"),
            postal_code=_text(details, "postal_code"),
            address=_text(details, "address"),
            home_phone=_text(details, "home_phone"),
            mobile_phone=_text(details, "mobile_phone"),
        )


def _store(details: Details, coop: CoopConfig) -> Store | None:
    return Store.with_code(coop, _text(details, "store_code"))


def _text(details: Details, name: str) -> str | None:
    return None if name not in details else str(details[name])


ChangeRequestDetails = Annotated[
    WebPointTransferDetails
    | PicoSuspensionDetails
    | PicoResumptionDetails
    | CardReissueDetails
    | PrepaidReceiptDetails
    | ProfileChangeDetails,
    strawberry.union("ChangeRequestDetails", description="What was asked for, by the kind of the request."),
]

DETAILS: Mapping[ChangeRequestKind, Callable[[Details, CoopConfig], ChangeRequestDetails]] = {
    ChangeRequestKind.WEB_POINT_TRANSFER: lambda details, _: WebPointTransferDetails.of(details),
    ChangeRequestKind.PICO_SUSPENSION: PicoSuspensionDetails.of,
    ChangeRequestKind.PICO_RESUMPTION: PicoResumptionDetails.of,
    ChangeRequestKind.CARD_REISSUE: lambda details, _: CardReissueDetails.of(details),
    ChangeRequestKind.PREPAID_RECEIPT: PrepaidReceiptDetails.of,
    ChangeRequestKind.PROFILE_CHANGE: lambda details, _: ProfileChangeDetails.of(details),
}
"""The type of every kind's details."""
