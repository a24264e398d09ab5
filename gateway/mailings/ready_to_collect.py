"""未受取プリペイドが受け取れるようになったこと (B12, B14, B15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from adapters.ports import MemberRegistry, PointOfSale
from adapters.records import PrepaidItem
from gateway import mails
from gateway.clock import Clock
from gateway.coop_config.rules import PicoRules
from gateway.mailings.findings import Findings, News
from gateway.mailings.looking import readers, seen
from gateway.mails import Envelope
from gateway.rules.business_days import ClosedDays
from gateway.rules.prepaid import available_from
from gateway.store import CoopStore
from gateway.store.records import Account, MailKind


@dataclass(frozen=True, slots=True)
class ReadyToCollect:
    """Once for every sum that waits; what has become ready together stands in one mail."""

    kind: ClassVar[MailKind] = MailKind.READY_TO_COLLECT
    daily: ClassVar[bool] = True

    registry: MemberRegistry
    pos: PointOfSale
    rules: PicoRules
    closed_days: ClosedDays
    clock: Clock

    async def accounts(
        self, within: CoopStore, subject: str, after: UUID | None, at_most: int
    ) -> Sequence[Account]:
        """Who wants to hear of it."""
        return await within.mailable_accounts.told_when_ready(after, at_most)

    async def look(self, within: CoopStore, subject: str, accounts: Sequence[Account]) -> Findings:
        """What waits for them in the stores."""
        told = await readers(within, self.registry, accounts)
        waiting = await seen(self.pos.prepaid_items, told.numbers)
        today = self.clock().date()
        news = [
            self._news(each.account, ready)
            for each in told.found
            if (ready := self._ready(waiting.values.get(each.member.number, ()), today))
        ]
        return Findings(news, unanswered=not (told.complete and waiting.complete))

    def _ready(self, items: Sequence[PrepaidItem], today: date) -> Sequence[PrepaidItem]:
        ready = [
            item
            for item in items
            if item.received_on is None
            and (from_day := available_from(item, self.closed_days)) is not None
            and from_day <= today
        ]
        return sorted(ready, key=lambda item: (item.paid_on, item.slip_number))

    def _news(self, account: Account, ready: Sequence[PrepaidItem]) -> News:
        async def write(to: Envelope, new: frozenset[str]) -> None:
            items = [item for item in ready if item.slip_number in new]
            await mails.queue_ready_to_collect(to, items, self.rules)

        return News(account, [item.slip_number for item in ready], write)
