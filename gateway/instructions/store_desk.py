"""店舗での手続き (B11, D2, D3, D5): what keeps staff from asking the POS for it, in words for them."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import ClassVar

from gateway.coop import Coop
from gateway.coop_config.parts import Store
from gateway.store.records import ChangeRequest, ChangeRequestKind

CARD_NUMBER = "card_number"
SLIP_NUMBER = "slip_number"
CARD_DIGITS = 16
LONGEST_SLIP_NUMBER = 20


@dataclass(frozen=True, slots=True)
class PicoNotOffered:
    """The co-op has no Pico, and nothing that could be told of it."""

    message: ClassVar[str] = "この生協では電子マネーPicoを取り扱っていません。"


@dataclass(frozen=True, slots=True)
class StoreRefused:
    """None of the co-op's stores, or one that does not do this. `message` names those that do."""

    message: str


@dataclass(frozen=True, slots=True)
class CardNumberRefused:
    """It cannot be the number of a card."""

    message: ClassVar[str] = f"カード番号は半角数字{CARD_DIGITS}桁でご入力ください。"


@dataclass(frozen=True, slots=True)
class CardNumberInUse:
    """Somebody has this card already, or it is being issued, or it was and the registry has not taken it up."""

    message: ClassVar[str] = "このカード番号はすでに使用されています。新しいカードの番号をご確認ください。"


@dataclass(frozen=True, slots=True)
class SlipNumberRefused:
    """It cannot be the number of an unreceived sum."""

    message: ClassVar[str] = "受付番号は、未受取プリペイドの内訳にある番号をご入力ください。"


@dataclass(frozen=True, slots=True)
class NotReceivable:
    """The POS knows no such sum of this member, or it is not posted, or was handed out (B12)."""

    message: ClassVar[str] = "この受付番号のプリペイドは、計上前か受取済みのため、お渡しできません。"


@dataclass(frozen=True, slots=True)
class NotSuspended:
    """Pico is usable, or will be: it is resumed already."""

    message: ClassVar[str] = "電子マネーPicoは利用停止中ではないか、利用再開の手続き中です。"


WrongInput = PicoNotOffered | StoreRefused | CardNumberRefused | SlipNumberRefused
DeskRefusal = WrongInput | CardNumberInUse | NotReceivable | NotSuspended


def slips_being_received(unsettled: Iterable[ChangeRequest]) -> Set[str]:
    """The slip numbers of the sums whose receipt is under way."""
    receipts = (request for request in unsettled if request.kind is ChangeRequestKind.PREPAID_RECEIPT)
    return {str(request.details[SLIP_NUMBER]) for request in receipts}


def store_refusal(coop: Coop, store_code: str) -> PicoNotOffered | StoreRefused | None:
    """Suspending and resuming are done in any of the co-op's stores (D2, D3)."""
    return _refusal(coop, store_code, coop.stores, "お手続きの店舗")


def hand_out_refusal(coop: Coop, store_code: str, slip_number: str) -> WrongInput | None:
    """Unreceived money is handed out in some stores only (B14)."""
    stores = tuple(store for store in coop.stores if store.can_receive_prepaid)
    refusal = _refusal(coop, store_code, stores, "プリペイドをお渡しできる店舗")
    return refusal or (None if _is_slip_number(slip_number) else SlipNumberRefused())


def card_refusal(coop: Coop, card_number: str) -> PicoNotOffered | CardNumberRefused | None:
    """A new card has a number of its own (D5)."""
    if coop.pico is None:
        return PicoNotOffered()
    is_number = len(card_number) == CARD_DIGITS and card_number.isascii() and card_number.isdigit()
    return None if is_number else CardNumberRefused()


def _refusal(
    coop: Coop, store_code: str, stores: tuple[Store, ...], what_they_are: str
) -> PicoNotOffered | StoreRefused | None:
    if coop.pico is None:
        return PicoNotOffered()
    if store_code in {store.code for store in stores}:
        return None
    known = "、".join(f"{store.code} {store.name}" for store in stores)
    return StoreRefused(f"{what_they_are}のコードをご指定ください（{known}）。")


def _is_slip_number(text: str) -> bool:
    return 0 < len(text) <= LONGEST_SLIP_NUMBER and text.isascii() and text.isalnum()
