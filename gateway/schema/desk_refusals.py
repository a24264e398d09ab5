"""The codes of what staff are refused at a register and in the office, and which input field each is about."""

from collections.abc import Mapping

from gateway.errors import ErrorCode
from gateway.instructions import settling, store_desk

DeskWorded = store_desk.DeskRefusal | settling.SettlingRefusal
"""Refusals that bring their own Japanese sentence."""

DESK_CODES: Mapping[type[object], tuple[ErrorCode, tuple[str, ...]]] = {
    settling.NoteMissing: (ErrorCode.NOTE_MISSING, ("note",)),
    settling.NotSettleable: (ErrorCode.NOT_SETTLEABLE, ("settlement",)),
    settling.ReasonMissing: (ErrorCode.REASON_MISSING, ("reason",)),
    settling.RequestNotFound: (ErrorCode.REQUEST_NOT_FOUND, ("changeRequestId",)),
    store_desk.CardNumberInUse: (ErrorCode.CARD_NUMBER_IN_USE, ("cardNumber",)),
    store_desk.CardNumberRefused: (ErrorCode.BAD_INPUT, ("cardNumber",)),
    store_desk.NotReceivable: (ErrorCode.NOT_RECEIVABLE, ("slipNumber",)),
    store_desk.NotSuspended: (ErrorCode.NOT_SUSPENDED, ("memberNumber",)),
    store_desk.PicoNotOffered: (ErrorCode.NOT_OFFERED, ()),
    store_desk.SlipNumberRefused: (ErrorCode.BAD_INPUT, ("slipNumber",)),
    store_desk.StoreRefused: (ErrorCode.STORE_REFUSED, ("storeCode",)),
}
"""As `gateway.schema.refusals.CODES`."""
