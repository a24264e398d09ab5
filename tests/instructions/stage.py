"""A co-op's journal, its POS, and somebody who asks: what the tests of instructions play on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa

from adapters.ports import PointOfSale
from adapters.records import MemberNumber
from gateway.coop import Coop
from gateway.instructions import KeyUsedOtherwise, Recorded, accept
from gateway.instructions.carrying_out import CarryingOut
from gateway.store import CoopStore, Store
from gateway.store.records import (
    Account,
    AccountKind,
    ChangeRequest,
    ChangeRequestKind,
    Details,
    NewAccount,
    NewChangeRequest,
    Origin,
)
from gateway.store.tables import change_requests
from tests.running import NOW, LegacySystem

ORIGIN = Origin(address="192.0.2.7", user_agent="Mozilla/5.0")


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """The present."""
        return self.now


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything of one co-op."""

    coop: Coop
    store: CoopStore
    system: LegacySystem
    pos: PointOfSale
    watch: Watch
    worker: CarryingOut
    somebody: Callable[[], MemberNumber]
    """A member with 400 Web points or more, of whom no other test knows."""

    async def account(
        self,
        number: MemberNumber | None,
        kind: AccountKind = AccountKind.MEMBER,
        *,
        email: str | None = None,
        email_verified: bool = True,
    ) -> Account:
        """A registered account."""
        new = NewAccount(
            kind,
            f"{kind.value.lower()}-{uuid4()}",
            registered_at=NOW,
            member_number=number,
            email=email,
            email_verified=email_verified,
        )
        return await self.store.accounts.add(new, "not a hash")

    async def ask(
        self, by: Account, number: MemberNumber, kind: ChangeRequestKind, **details: str | int
    ) -> UUID:
        """Somebody asks for something; gives the request's id."""
        recorded = await self.accept(self.new(by, number, kind, details))
        assert isinstance(recorded, Recorded)
        assert recorded.first
        return recorded.request.request_id

    async def transfer(self, by: Account, number: MemberNumber, points: int = 200) -> UUID:
        """Somebody asks for Web points to be moved."""
        kind = ChangeRequestKind.WEB_POINT_TRANSFER
        new = self.new(by, number, kind, {"points": points}, {"available_from": "2026-11-25"})
        recorded = await self.accept(new)
        assert isinstance(recorded, Recorded)
        return recorded.request.request_id

    def new(
        self,
        by: Account,
        number: MemberNumber,
        kind: ChangeRequestKind,
        details: Details,
        worked_out: Details | None = None,
    ) -> NewChangeRequest:
        """A request with a new key."""
        return NewChangeRequest(kind, number, by.account_id, uuid4(), details, self.watch(), worked_out or {})

    async def accept(self, new: NewChangeRequest) -> Recorded | KeyUsedOtherwise:
        """The gateway takes a request on."""
        return await accept(self.store, self.coop, new, uuid4(), ORIGIN)

    async def work(self) -> int:
        """The worker does all that is due now; says how many times it had something to do."""
        steps = 0
        while await self.worker.carry_out_next():
            steps += 1
        return steps

    async def request(self, request_id: UUID) -> ChangeRequest:
        """Where a request stands."""
        found = (await self.store.requests.change_requests_by_id([request_id]))[request_id]
        assert found is not None
        return found

    async def web_points(self, number: MemberNumber) -> int:
        """What the POS says that a member has."""
        balance = (await self.pos.balances([number])).of(number)
        assert balance is not None
        return balance.web_points


async def due_times(store: Store) -> Sequence[tuple[int, datetime | None]]:
    """Attempts so far, and when the next one is due, of every request in its order."""
    columns = sa.select(change_requests.c.attempts, change_requests.c.next_attempt_at)
    async with store.engine.connect() as connection:
        rows = await connection.execute(columns.order_by(change_requests.c.sequence))
        return [(row.attempts, row.next_attempt_at) for row in rows]
