"""Whether the two records agree: what the gateway has accepted, and what the POS has booked."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from adapters.records import MemberNumber
from gateway.store import Store
from gateway.store.records import ChangeRequestState
from gateway.store.tables import change_requests
from tests.faults.exactly_once.intentions import TOO_MANY, Want
from tests.faults.exactly_once.ledger import Booked
from tests.faults.exactly_once.people import COOP, Money
from tests.faults.exactly_once.senders import Sent


@dataclass(frozen=True, slots=True)
class Journalled:
    """A request as the gateway's journal has it."""

    request_id: UUID
    key: UUID
    number: MemberNumber
    state: ChangeRequestState
    reason: str | None


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that is compared."""

    sent: Sequence[Sent]
    journal: Sequence[Journalled]
    ledger: Sequence[Booked]
    before: Mapping[MemberNumber, Money]
    after: Mapping[MemberNumber, Money]

    def accepted(self) -> dict[UUID, Sent]:
        """What people were told is taken on, by request."""
        return {each.request_id: each for each in self.sent if each.request_id is not None}


async def read_journal(store: Store) -> list[Journalled]:
    """In the order in which the requests were accepted."""
    rows = (
        sa.select(change_requests).where(change_requests.c.coop == COOP).order_by(change_requests.c.sequence)
    )
    async with store.engine.connect() as connection:
        return [
            Journalled(row.request_id, row.idempotency_key, row.member_number, row.state, row.reason)
            for row in await connection.execute(rows)
        ]


def discrepancies(records: Records) -> Iterator[str]:
    """A sentence for each; none when everything was done exactly once."""
    yield from _accepted_and_journalled(records)
    yield from _journalled_and_booked(records)
    yield from _told_and_done(records)
    yield from _out_of_order(records)
    yield from _money_that_came_or_went(records)


def _accepted_and_journalled(records: Records) -> Iterator[str]:
    accepted, journal = records.accepted(), {each.request_id: each for each in records.journal}
    for request_id in accepted.keys() - journal.keys():
        yield f"accepted and not in the journal: {accepted[request_id]}"
    for request_id in journal.keys() - accepted.keys():
        yield f"in the journal and told to nobody: {journal[request_id]}"
    for request_id in accepted.keys() & journal.keys():
        if accepted[request_id].intention.key != journal[request_id].key:
            yield f"under another's key: {accepted[request_id]}"


def _journalled_and_booked(records: Records) -> Iterator[str]:
    journal, ledger = (
        {each.request_id for each in records.journal},
        Counter(each.request_id for each in records.ledger),
    )
    yield from (f"lost: {request_id}" for request_id in journal - ledger.keys())
    yield from (f"never asked for: {request_id}" for request_id in ledger.keys() - journal)
    yield from (f"booked {times} times: {request_id}" for request_id, times in ledger.items() if times > 1)


def _told_and_done(records: Records) -> Iterator[str]:
    accepted, booked = records.accepted(), {each.request_id: each for each in records.ledger}
    for each in records.journal:
        sent, line = accepted.get(each.request_id), booked.get(each.request_id)
        if each.state not in (ChangeRequestState.DONE, ChangeRequestState.REJECTED):
            yield f"pending for ever: {each}"
        elif (each.state is ChangeRequestState.REJECTED) is not bool(each.reason):
            yield f"without the reason it must have, or with one: {each}"
        if line is not None and line.is_done is not (each.state is ChangeRequestState.DONE):
            yield f"the POS says otherwise: {each}, {line}"
        if sent is not None and line is not None and not _is_what_was_asked_for(sent, line):
            yield f"something else was booked: {sent}, {line}"
    for sent in records.sent:
        can_be_done = sent.intention.points != TOO_MANY
        line = booked.get(sent.request_id) if sent.request_id else None
        if (line is not None and line.is_done) is not can_be_done:
            yield f"should have ended otherwise: {sent}, {line}"


def _is_what_was_asked_for(sent: Sent, line: Booked) -> bool:
    asked = sent.intention
    return (asked.number, asked.want, asked.points) == (line.number, line.want, line.points)


def _out_of_order(records: Records) -> Iterator[str]:
    """Each member's instructions reach the POS in the order in which they were accepted."""
    for number in records.before:
        accepted = [each.request_id for each in records.journal if each.number == number]
        booked = [each.request_id for each in records.ledger if each.number == number]
        if accepted != booked:
            yield f"out of order: {number} asked for {accepted}, booked {booked}"


def _money_that_came_or_went(records: Records) -> Iterator[str]:
    moved: Counter[MemberNumber] = Counter()
    for line in records.ledger:
        if line.want is Want.TRANSFER and line.is_done:
            moved[line.number] += line.points
    for number, before in records.before.items():
        after = records.after[number]
        if after != Money(before.web_points - moved[number], before.waiting + moved[number]):
            yield f"{number} had {before}, moved {moved[number]} and has {after}"
