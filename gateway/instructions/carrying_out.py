"""Carrying out one co-op's instructions: each once in effect, each member's one after another, in their order.

A request is claimed, which is committed, before the POS hears of it. Whoever claims it again, after an answer was
lost or a worker was killed, asks the POS first what became of it, and gives the instruction only when the POS has
never seen it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from adapters.errors import AdapterError, Closed, Refused
from adapters.ports import PointOfSale
from adapters.records import InstructionResult
from adapters.upstream import deadline
from gateway.clock import Clock
from gateway.coop import Coop
from gateway.instructions.orders import REASONS, instruction_of
from gateway.instructions.telling import tell_settled
from gateway.instructions.web_point_transfers import carried_out
from gateway.retries import Retries
from gateway.store import CoopStore
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    ChangeRequest,
    ChangeRequestState,
    ClaimedRequest,
    NewAccessLogEntry,
    Origin,
)

log = structlog.get_logger()

ANSWERS_WITHIN = timedelta(seconds=10)
"""What the POS is asked about one request may take so long, waiting in line included."""

CLAIMED_FOR = timedelta(seconds=20)
"""A worker that was killed holds a request so long; one that lives is done before."""

LONGEST_NIGHT = timedelta(hours=12)
"""A POS that says it is closed for longer is asked again all the same."""


def most_of_a_day() -> Retries:
    """How instructions are tried again: sooner than mail, for somebody may have found the card meanwhile."""
    return Retries(first=timedelta(seconds=2), longest=timedelta(minutes=5), limit=300)


@dataclass(frozen=True, slots=True)
class CarryingOut:
    """One co-op's journal and the POS that carries out what stands there."""

    coop: Coop
    store: CoopStore
    pos: PointOfSale
    clock: Clock
    retries: Retries = field(default_factory=most_of_a_day)

    async def carry_out_next(self) -> bool:
        """Works on one request whose time has come; False when there is none."""
        now = self.clock()
        claimed = await self.store.journal.claim(now, now + CLAIMED_FOR)
        if claimed is None:
            return False
        if claimed.attempts > self.retries.limit:
            await self._give_up(claimed, "its last attempts came to no end")
        else:
            await self._attempt(claimed)
        return True

    async def _attempt(self, claimed: ClaimedRequest) -> None:
        try:
            with deadline(ANSWERS_WITHIN.total_seconds()):
                result = await self._result_of(claimed)
        except Closed as closed:
            await self._wait_until_open(claimed, closed)
        except (Refused, ValueError) as error:
            await self._give_up(claimed, str(error))
        except AdapterError as error:
            await self._failed(claimed, error)
        except Exception as error:
            log.exception("instruction_failed", request_id=str(claimed.request.request_id))
            await self._failed(claimed, error)
        else:
            await self._settle(claimed, result)

    async def _result_of(self, claimed: ClaimedRequest) -> InstructionResult:
        request = claimed.request
        if claimed.attempts > 1:
            known = await self.pos.instructed(request.request_id)
            if known is not None:
                return known
        return await self.pos.instruct(request.request_id, instruction_of(request))

    async def _settle(self, claimed: ClaimedRequest, result: InstructionResult) -> None:
        done, now = result is InstructionResult.DONE, self.clock()
        state = ChangeRequestState.DONE if done else ChangeRequestState.REJECTED
        closed_days = self.coop.calendar.extra_closed_days
        known = carried_out(claimed.request, now, closed_days) if done else {}
        async with self.store.transaction() as within:
            settled = await within.journal.settle(claimed, state, now, REASONS.get(result), known)
            if settled is None:  # it took too long: whoever took over settles it
                return
            await within.access_log.record([_entry(settled)])
            await tell_settled(within, self.coop, settled)
            await within.member_changes.announce(settled.member_number)
        log.info("instruction_settled", request_id=str(settled.request_id), result=result.value)

    async def _wait_until_open(self, claimed: ClaimedRequest, closed: Closed) -> None:
        now = self.clock()
        reopens_at = closed.reopens_at or now + self.retries.longest
        again_at = min(max(reopens_at, now + self.retries.first), now + LONGEST_NIGHT)
        await self.store.journal.put_back(claimed, again_at)
        log.info(
            "instruction_waits_for_opening", request_id=str(claimed.request.request_id), until=str(again_at)
        )

    async def _failed(self, claimed: ClaimedRequest, error: Exception) -> None:
        if claimed.attempts >= self.retries.limit:
            await self._give_up(claimed, type(error).__name__)
        else:
            await self._postpone(claimed, self.clock() + self.retries.delay(claimed.attempts), error)

    async def _postpone(self, claimed: ClaimedRequest, again_at: datetime, error: Exception) -> None:
        await self.store.journal.postpone(claimed, again_at)
        log.warning(
            "instruction_postponed",
            request_id=str(claimed.request.request_id),
            attempts=claimed.attempts,
            until=str(again_at),
            error=type(error).__name__,
        )

    async def _give_up(self, claimed: ClaimedRequest, why: str) -> None:
        if await self.store.journal.give_up(claimed):
            request_id = str(claimed.request.request_id)
            log.error(
                "instruction_needs_attention", request_id=request_id, attempts=claimed.attempts, why=why
            )


def _entry(settled: ChangeRequest) -> NewAccessLogEntry:
    assert settled.settled_at is not None, "it has just been settled"  # noqa: S101
    return NewAccessLogEntry(
        at=settled.settled_at,
        action=AccessAction.CHANGE_SETTLED,
        outcome=AccessOutcome.ALLOWED,
        origin=Origin(),
        member_number=settled.member_number,
        what=(settled.kind.value, settled.state.value, str(settled.request_id)),
        reason=settled.reason,
    )
