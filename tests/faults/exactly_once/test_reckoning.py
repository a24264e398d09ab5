"""The reckoning finds what it is there to find."""

from dataclasses import replace
from uuid import UUID

import pytest

from adapters.records import MemberNumber
from gateway.store.records import ChangeRequestState
from tests.faults.exactly_once.intentions import TOO_MANY, Intention, Want
from tests.faults.exactly_once.ledger import Booked
from tests.faults.exactly_once.people import Money
from tests.faults.exactly_once.reckoning import Journalled, Records, discrepancies
from tests.faults.exactly_once.senders import Sent

TARO = MemberNumber("210100000001")
FIRST, SECOND, REFUSED, STRANGE = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)

TRANSFER = Intention(TARO, Want.TRANSFER, UUID(int=11), 200)
SUSPENSION = Intention(TARO, Want.SUSPENSION, UUID(int=12))
TOO_MUCH = Intention(TARO, Want.TRANSFER, UUID(int=13), TOO_MANY)

DONE, REJECTED = ChangeRequestState.DONE, ChangeRequestState.REJECTED
AS_IT_SHOULD_BE = Records(
    sent=[Sent(TRANSFER, FIRST, None), Sent(SUSPENSION, SECOND, None), Sent(TOO_MUCH, REFUSED, None)],
    journal=[
        Journalled(FIRST, TRANSFER.key, TARO, DONE, None),
        Journalled(SECOND, SUSPENSION.key, TARO, DONE, None),
        Journalled(REFUSED, TOO_MUCH.key, TARO, REJECTED, "ポイントが不足しています。"),
    ],
    ledger=[
        Booked(FIRST, TARO, Want.TRANSFER, 200, is_done=True),
        Booked(SECOND, TARO, Want.SUSPENSION, 0, is_done=True),
        Booked(REFUSED, TARO, Want.TRANSFER, TOO_MANY, is_done=False),
    ],
    before={TARO: Money(640, 0)},
    after={TARO: Money(440, 200)},
)
TRANSFERRED, SUSPENDED, REJECTION = AS_IT_SHOULD_BE.ledger
MOVED, STOPPED, TURNED_DOWN = AS_IT_SHOULD_BE.journal


def found(records: Records) -> set[str]:
    """The words before the colon, or the number of whom it is about."""
    return {each.partition(":")[0].partition(" had ")[0] for each in discrepancies(records)}


def test_books_that_agree_have_none() -> None:
    assert found(AS_IT_SHOULD_BE) == set()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"ledger": [TRANSFERRED, REJECTION]}, {"lost", "should have ended otherwise", "out of order"}),
        ({"ledger": [*AS_IT_SHOULD_BE.ledger, TRANSFERRED]}, {"booked 2 times", "out of order", TARO}),
        (
            {"ledger": [*AS_IT_SHOULD_BE.ledger, replace(TRANSFERRED, request_id=STRANGE)]},
            {"never asked for", "out of order", TARO},
        ),
        ({"ledger": [SUSPENDED, TRANSFERRED, REJECTION]}, {"out of order"}),
        (
            {"ledger": [replace(TRANSFERRED, points=400), SUSPENDED, REJECTION]},
            {"something else was booked", TARO},
        ),
        ({"journal": [MOVED, replace(STOPPED, state=ChangeRequestState.IN_PROGRESS), TURNED_DOWN]}, None),
        ({"journal": [MOVED, replace(STOPPED, state=ChangeRequestState.NEEDS_ATTENTION), TURNED_DOWN]}, None),
        (
            {"journal": [MOVED, STOPPED, replace(TURNED_DOWN, reason=None)]},
            {"without the reason it must have, or with one"},
        ),
        ({"journal": [replace(MOVED, key=SUSPENSION.key), STOPPED, TURNED_DOWN]}, {"under another's key"}),
        ({"sent": AS_IT_SHOULD_BE.sent[1:]}, {"in the journal and told to nobody"}),
        ({"after": {TARO: Money(640, 0)}}, {TARO}),
        ({"after": {TARO: Money(440, 0)}}, {TARO}),
    ],
)
def test_every_kind_of_disagreement_is_found(wrong: dict[str, object], told: set[str] | None) -> None:
    expected = {"pending for ever", "the POS says otherwise"} if told is None else told

    assert found(replace(AS_IT_SHOULD_BE, **wrong)) == expected  # type: ignore[arg-type]  # parts of Records
