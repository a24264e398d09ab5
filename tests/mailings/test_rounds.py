"""The walk itself: what goes wrong in it, how often it is tried again, and when it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from adapters.errors import Closed, TimedOut
from gateway.mailings.findings import Findings
from gateway.mailings.rounds import MailingRounds
from gateway.store import CoopStore
from gateway.store.mailing_tables import mailing_rounds
from gateway.store.records import Account, MailKind
from tests.mailings.office import Office
from tests.running import NOW

KIND = MailKind.LEAVING
NOTHING, UNANSWERED = Findings(), Findings(unanswered=True)


@dataclass
class Scripted:
    """A mailing that finds what it is told to, or fails as it is told to; then nothing."""

    script: list[Findings | Exception]
    daily: bool = True
    kind: MailKind = KIND
    looks: int = 0

    async def accounts(
        self, within: CoopStore, subject: str, after: UUID | None, at_most: int
    ) -> Sequence[Account]:
        return await within.mailable_accounts.everybody(after, at_most)

    async def look(self, within: CoopStore, subject: str, accounts: Sequence[Account]) -> Findings:
        self.looks += 1
        found = self.script.pop(0) if self.script else NOTHING
        if isinstance(found, Exception):
            raise found
        return found


async def walk(office: Office, *mailings: Scripted) -> None:
    """What is due now."""
    by_kind = {mailing.kind: mailing for mailing in mailings}
    rounds = MailingRounds(office.coop, office.store, by_kind, office.watch)
    while await rounds.go_on():
        pass


async def waits(office: Office) -> timedelta | None:
    """How long until the round goes on; None when there is none."""
    query = sa.select(mailing_rounds.c.due_at).where(mailing_rounds.c.kind == KIND)
    async with office.everything.engine.connect() as connection:
        due = (await connection.scalars(query)).one_or_none()
    return None if due is None else due - office.watch.now


async def test_who_was_not_answered_for_is_looked_at_again_ever_later_and_then_the_next_day(
    hirosaki: Office,
) -> None:
    mailing, waited = Scripted([UNANSWERED] * 5), []
    for _ in range(6):
        await walk(hirosaki, mailing)
        wait = await waits(hirosaki)
        assert wait is not None
        waited.append(wait)
        hirosaki.watch.now += wait
    minutes = [timedelta(minutes=minutes) for minutes in (15, 30, 60, 120, 240)]
    tomorrow = NOW.replace(day=21, hour=9) - (NOW + sum(minutes, timedelta()))
    assert waited == [*minutes, tomorrow]


async def test_a_walk_that_is_not_daily_gives_up_after_five_repeats(hirosaki: Office) -> None:
    mailing = Scripted([UNANSWERED] * 10, daily=False)
    await hirosaki.store.mailings.open(KIND, "a subject", NOW)
    for _ in range(5):
        await walk(hirosaki, mailing)
        hirosaki.watch.now += await waits(hirosaki) or timedelta()
    await walk(hirosaki, mailing)
    assert await waits(hirosaki) is None
    assert mailing.looks == 6


async def test_a_system_that_is_closed_is_asked_when_it_opens_and_one_that_is_down_in_ten_minutes(
    hirosaki: Office,
) -> None:
    opens = NOW + timedelta(hours=2)
    mailing = Scripted([Closed("hirosaki/pos", "maintenance", opens), TimedOut("hirosaki/pos", "1.5 s")])
    await walk(hirosaki, mailing)
    assert await waits(hirosaki) == timedelta(hours=2)
    hirosaki.watch.now = opens
    await walk(hirosaki, mailing)
    assert await waits(hirosaki) == timedelta(minutes=10)


async def test_a_mailing_that_goes_wrong_holds_up_no_other(hirosaki: Office) -> None:
    wrong = Scripted([RuntimeError("a mistake of ours")])
    well = Scripted([], kind=MailKind.LOW_BALANCE)
    await walk(hirosaki, wrong, well)
    assert (wrong.looks, well.looks) == (1, 1)
    assert await waits(hirosaki) == timedelta(minutes=10)


async def test_what_a_co_op_no_longer_offers_ends(hirosaki: Office) -> None:
    await hirosaki.store.mailings.open(KIND, "", NOW)
    await walk(hirosaki)
    assert await waits(hirosaki) is None


async def test_outside_the_hours_nobody_is_looked_at(hirosaki: Office) -> None:
    """A walk that is not over in the evening goes on where it is in the morning."""
    hirosaki.watch.now = NOW.replace(hour=20)
    mailing = Scripted([])
    await walk(hirosaki, mailing)
    assert mailing.looks == 0
    assert await waits(hirosaki) == timedelta(hours=13)
