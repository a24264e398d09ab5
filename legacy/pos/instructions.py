"""Instructions (指示): what may be ordered for a member, when it is refused, and what it changes."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from legacy.population.person import Stop
from legacy.pos.account import Account, Item
from legacy.pos.changes import Changes, Moved, Received
from legacy.pos.codes import Result, Store
from legacy.pos.denbun import NotUnderstood, Question, Request
from legacy.pos.web_points import UNIT

_STORE = re.compile(r"\d{3}")
_CARD = re.compile(r"\d{16}")


@dataclass(frozen=True, slots=True)
class Order:
    """An instruction to be carried out now; `sequence` is its place in the log."""

    fields: Question
    at: datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class Instruction:
    """One SHORI: why it is refused (a result code, or DONE when it is not), and its effect."""

    decide: Callable[[Account, Question], str]
    carry_out: Callable[[Account, Changes, Order], None]


def content_of(request: Request) -> str:
    """The instruction as canonical text: equal texts are the same instruction."""
    return json.dumps([request.shori, sorted(request.fields.items())], ensure_ascii=False)


def read_content(content: str) -> tuple[str, Question]:
    """SHORI and fields of a canonical text."""
    shori, fields = json.loads(content)
    return shori, Question(fields)


def _may_move(account: Account, fields: Question) -> str:
    points = fields.number("PT")
    if points <= 0 or points % UNIT:
        raise NotUnderstood(f"PT is no multiple of {UNIT}")
    return Result.DONE if points <= account.web_points else Result.NOT_ENOUGH_POINTS


def _move(_: Account, changes: Changes, order: Order) -> None:
    number = f"W{order.sequence:09d}"
    changes.moved.append(Moved(number, order.at.date(), order.fields.number("PT")))


def _may_suspend(account: Account, fields: Question) -> str:
    _store(fields)
    return Result.DONE if account.stop is None else Result.ALREADY_SUSPENDED


def _suspend(_: Account, changes: Changes, order: Order) -> None:
    store = _store(order.fields)
    changes.decide_stop(Stop(order.at.date(), None if store == Store.WEB else store))


def _may_resume(account: Account, fields: Question) -> str:
    _store(fields)
    return Result.DONE if account.stop is not None else Result.NOT_SUSPENDED


def _resume(_: Account, changes: Changes, __: Order) -> None:
    changes.decide_stop(None)


def _may_receive(account: Account, fields: Question) -> str:
    _store(fields)
    return Result.DONE if _receivable(account, fields) else Result.NOT_RECEIVABLE


def _receive(account: Account, changes: Changes, order: Order) -> None:
    item = _receivable(account, order.fields)
    if item is None:  # the log is read on another day, and this slip is not among that day's figures
        return
    store, from_web_points = _store(order.fields), item.source == "2"
    changes.received.append(
        Received(item.slip_number, order.at, store, order.sequence, item.amount, from_web_points)
    )


def _may_reissue(_: Account, fields: Question) -> str:
    if not _CARD.fullmatch(fields.text("CARDNO")):
        raise NotUnderstood("CARDNO is not 16 digits")
    return Result.DONE


def _reissue(_: Account, __: Changes, ___: Order) -> None:
    """The log knows the number; money and points belong to the member, not to the card (D6)."""


def _receivable(account: Account, fields: Question) -> Item | None:
    number = fields.text("UKENO")
    waiting = (item for item in account.items() if item.posted_on and not item.received_on)
    return next((item for item in waiting if item.slip_number == number), None)


def _store(fields: Question) -> str:
    store = fields.text("TENPO")
    if not _STORE.fullmatch(store):
        raise NotUnderstood("TENPO is not three digits")
    return store


INSTRUCTIONS = {
    "WPTUKE": Instruction(_may_move, _move),
    "TEITOU": Instruction(_may_suspend, _suspend),
    "TEIKAI": Instruction(_may_resume, _resume),
    "MIUUKE": Instruction(_may_receive, _receive),
    "SAIHAK": Instruction(_may_reissue, _reissue),
}
