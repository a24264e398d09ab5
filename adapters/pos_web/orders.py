"""The instructions (指示) of docs/wire/pos.md: what each tells the POS, and what its result code means."""

from collections.abc import Mapping
from typing import Final, NamedTuple, assert_never

from adapters.pos_web import values
from adapters.pos_web.codes import ASKED_ON_THE_WEB, Result
from adapters.pos_web.wire import Fields
from adapters.records import (
    Instruction,
    InstructionResult,
    ReceivePrepaid,
    ReissueCard,
    ResumePico,
    SuspendPico,
    TransferWebPoints,
)

RESULTS: Final[Mapping[str, InstructionResult]] = {
    Result.DONE: InstructionResult.DONE,
    Result.NO_SUCH_MEMBER: InstructionResult.NO_SUCH_MEMBER,
    Result.NOT_ENOUGH_POINTS: InstructionResult.INSUFFICIENT_POINTS,
    Result.ALREADY_SUSPENDED: InstructionResult.ALREADY_SUSPENDED,
    Result.NOT_SUSPENDED: InstructionResult.NOT_SUSPENDED,
    Result.NOT_RECEIVABLE: InstructionResult.NOT_RECEIVABLE,
}
"""KEKKA of an instruction, and MOTO_KEKKA of one that is looked up."""


class Order(NamedTuple):
    """SHORI and BODY of an instruction."""

    shori: str
    fields: Fields


def order(instruction: Instruction) -> Order:
    """How the POS is told. Raises `ValueError` for what it would not understand."""
    number = {"NO": values.write_number(instruction.member_number)}
    match instruction:
        case TransferWebPoints():
            return Order("WPTUKE", {**number, "PT": values.write_points(instruction.points)})
        case SuspendPico():
            store = instruction.store_code or ASKED_ON_THE_WEB
            return Order("TEITOU", {**number, "TENPO": values.write_store(store)})
        case ResumePico():
            return Order("TEIKAI", {**number, "TENPO": values.write_store(instruction.store_code)})
        case ReceivePrepaid():
            store = values.write_store(instruction.store_code)
            return Order("MIUUKE", {**number, "UKENO": instruction.slip_number, "TENPO": store})
        case ReissueCard():
            return Order("SAIHAK", {**number, "CARDNO": values.write_card(instruction.card_number)})
        case _:
            assert_never(instruction)
