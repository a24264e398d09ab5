"""Walking through a co-op's accounts, a hundred at a time, and mailing each what it should hear of, once.

What was mailed to whom, the mails and the place in the walk change in one transaction: a worker that is killed
leaves all of it as it was, and another one goes on from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

import structlog

from adapters.errors import AdapterError, Closed
from gateway.accounts.changes import reachable_at
from gateway.clock import Clock
from gateway.coop import Coop
from gateway.mailings.findings import Mailing, News
from gateway.mails import Envelope
from gateway.rules.reminder_hours import next_reminding, next_round
from gateway.store import CoopStore
from gateway.store.records import MailingRound, MailKind

BATCH = 100
"""Accounts in one step, and mails to many that may wait for their turn: no system is flooded."""

TRIED_AGAIN_AFTER = timedelta(minutes=10)
"""When a system is down: the walk stays where it is."""

REPEATED_AFTER = timedelta(minutes=15)
MOST_REPEATS = 5
"""For those a system did not answer for, twice as long each time; then until the next day, if there is one."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class MailingRounds:
    """The mailings of one co-op."""

    coop: Coop
    store: CoopStore
    mailings: Mapping[MailKind, Mailing]
    clock: Clock

    async def go_on(self) -> bool:
        """One step of one walk; False when none is due, or when enough mail waits already."""
        async with self.store.transaction() as within:
            now = self.clock()
            if await within.outbox.due_to_many(now) >= BATCH:
                return False
            due = await within.mailings.take(now)
            if due is None:
                return await self._open_daily(within, now)
            await self._step_or_postpone(within, due, now)
            return True

    async def _open_daily(self, within: CoopStore, now: datetime) -> bool:
        daily = (mailing.kind for mailing in self.mailings.values() if mailing.daily)
        return any([await within.mailings.open(kind, "", now) for kind in daily])

    async def _step_or_postpone(self, within: CoopStore, due: MailingRound, now: datetime) -> None:
        try:
            async with within.transaction() as attempt:
                await self._step(attempt, due, now)
        except AdapterError as error:
            log.warning("mailing_postponed", coop=self.coop.code, kind=due.kind.value, error=str(error))
            reopens_at = error.reopens_at if isinstance(error, Closed) else None
            await _postpone(within, due, reopens_at or now + TRIED_AGAIN_AFTER)
        except Exception:  # one mailing that goes wrong holds up no other
            log.exception("mailing_failed", coop=self.coop.code, kind=due.kind.value, subject=due.subject)
            await _postpone(within, due, now + TRIED_AGAIN_AFTER)

    async def _step(self, within: CoopStore, due: MailingRound, now: datetime) -> None:
        mailing = self.mailings.get(due.kind)
        if mailing is None:  # the co-op no longer offers what it is about
            await within.mailings.close(due.kind, due.subject)
        elif (goes_on_at := self._goes_on_at(mailing, now)) > now:
            await _postpone(within, due, goes_on_at)
        else:
            await self._look(within, mailing, due, now)

    async def _look(self, within: CoopStore, mailing: Mailing, due: MailingRound, now: datetime) -> None:
        accounts = await mailing.accounts(within, due.subject, due.after, BATCH)
        findings = await mailing.look(within, due.subject, accounts)
        await within.mailings.forget(due.kind, findings.over)
        for news in findings.news:
            await self._tell(within, due.kind, news, now)
        walked = replace(due, unanswered=due.unanswered or findings.unanswered, due_at=now)
        if len(accounts) == BATCH:
            await within.mailings.move(replace(walked, after=accounts[-1].account_id))
        else:
            await self._end(within, mailing, walked, now)

    async def _tell(self, within: CoopStore, kind: MailKind, news: News, now: datetime) -> None:
        recipient = reachable_at(news.account)
        if recipient is None:
            return
        mail_id = uuid4()
        new = await within.mailings.note(kind, news.account.account_id, news.occasions, mail_id)
        if new:
            await news.write(Envelope(within, self.coop, recipient, mail_id, now), new)

    async def _end(self, within: CoopStore, mailing: Mailing, walked: MailingRound, now: datetime) -> None:
        begun_anew = replace(walked, after=None, unanswered=False)
        tomorrow = self._next_round(now) if mailing.daily else None
        again_at = _again_at(walked, now)
        if again_at is not None and (tomorrow is None or again_at < tomorrow):
            await within.mailings.move(replace(begun_anew, repeats=walked.repeats + 1, due_at=again_at))
            return
        if walked.unanswered:
            log.warning("mailing_incomplete", coop=self.coop.code, kind=walked.kind.value)
        if tomorrow is not None:
            await within.mailings.move(replace(begun_anew, repeats=0, due_at=tomorrow))
        else:
            await within.mailings.close(walked.kind, walked.subject)

    def _goes_on_at(self, mailing: Mailing, now: datetime) -> datetime:
        if not mailing.daily:
            return now
        return next_reminding(now, self.coop.reminders, self.coop.calendar.extra_closed_days)

    def _next_round(self, now: datetime) -> datetime:
        return next_round(now, self.coop.reminders, self.coop.calendar.extra_closed_days)


async def _postpone(within: CoopStore, due: MailingRound, until: datetime) -> None:
    await within.mailings.move(replace(due, due_at=until))


def _again_at(walked: MailingRound, now: datetime) -> datetime | None:
    """When those who were not answered for are looked at again, if it was not too often."""
    if not walked.unanswered or walked.repeats >= MOST_REPEATS:
        return None
    return now + REPEATED_AFTER * (1 << walked.repeats)
