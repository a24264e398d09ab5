"""Writing down what somebody asks for: the same key with the same input is one request, however often it comes."""

import hashlib
import json
from dataclasses import dataclass
from typing import ClassVar

from gateway.store import CoopStore
from gateway.store.records import ChangeRequest, KeyedRequest, NewChangeRequest


@dataclass(frozen=True, slots=True)
class Recorded:
    """The request stands in the journal; `first` when it has just been written there."""

    request: ChangeRequest
    first: bool


@dataclass(frozen=True, slots=True)
class KeyUsedOtherwise:
    """The account has used this idempotency key for another request."""

    message: ClassVar[str] = (
        "この受付番号は別のお手続きに使用されています。画面を更新して、もう一度お手続きください。"
    )


async def answered_before(store: CoopStore, new: NewChangeRequest) -> Recorded | KeyUsedOtherwise | None:
    """What a resend is answered; None for a new key.

    Asked before anything is checked: what was accepted once stays accepted, whatever has changed since.
    """
    known = await store.journal.by_key(new.requested_by, new.idempotency_key)
    return None if known is None else _resent(known, new)


async def record(within: CoopStore, new: NewChangeRequest) -> Recorded | KeyUsedOtherwise:
    """Writes a request into the journal, within a transaction that holds its audit entry and its mail, too."""
    request = await within.journal.add(new, fingerprint(new))
    if request is not None:
        return Recorded(request, first=True)
    known = await within.journal.by_key(new.requested_by, new.idempotency_key)
    assert known is not None, "its key was in use a moment ago, and no request is ever removed"  # noqa: S101
    return _resent(known, new)


def fingerprint(new: NewChangeRequest) -> bytes:
    """What tells one input from another: SHA-256 of what was asked for, in canonical form."""
    asked = [new.kind.value, new.member_number, new.details]
    canonical = json.dumps(asked, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()


def _resent(known: KeyedRequest, new: NewChangeRequest) -> Recorded | KeyUsedOtherwise:
    if known.fingerprint != fingerprint(new):
        return KeyUsedOtherwise()
    return Recorded(known.request, first=False)
