"""卒業前の残高のご確認: money that cannot be used any more soon, on the card or not collected yet (B23, X9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple
from uuid import UUID

from adapters.ports import MemberRegistry, PointOfSale
from adapters.records import MemberNumber, PrepaidBalance, PrepaidItem, YearMonth
from gateway import mails
from gateway.clock import Clock
from gateway.coop_config.rules import PicoRules
from gateway.mailings.findings import Findings, News
from gateway.mailings.looking import Reader, readers, seen
from gateway.mails import Envelope
from gateway.rules.prepaid import is_shown, reminder_month, usable_until
from gateway.store import CoopStore
from gateway.store.records import Account, MailKind


class Warned(NamedTuple):
    """A member who is to be warned, for which month, and until when Pico is usable."""

    account: Account
    number: MemberNumber
    usable_until: date
    month: YearMonth


@dataclass(frozen=True, slots=True)
class Graduation:
    """To the member once in each month of `reminder_month`, while there is money left."""

    kind: ClassVar[MailKind] = MailKind.GRADUATION
    daily: ClassVar[bool] = True

    registry: MemberRegistry
    pos: PointOfSale
    rules: PicoRules
    clock: Clock

    async def accounts(
        self, within: CoopStore, subject: str, after: UUID | None, at_most: int
    ) -> Sequence[Account]:
        """Members."""
        return await within.mailable_accounts.members(after, at_most)

    async def look(self, within: CoopStore, subject: str, accounts: Sequence[Account]) -> Findings:
        """Who of them is to be warned this month; nobody else's money is asked for."""
        everybody = await readers(within, self.registry, accounts)
        warned = [found for each in everybody.found if (found := self._warned(each)) is not None]
        numbers = [each.number for each in warned]
        balances = await seen(self.pos.balances, numbers)
        waiting = await seen(self.pos.prepaid_items, numbers)
        told = (self._news(each, balances.values, waiting.values) for each in warned)
        complete = everybody.complete and balances.complete and waiting.complete
        return Findings([news for news in told if news is not None], unanswered=not complete)

    def _warned(self, reader: Reader) -> Warned | None:
        today = self.clock().date()
        until = usable_until(reader.member, self.rules.prepaid, today)
        month = reminder_month(today, until, self.rules.prepaid)
        if until is None or month is None:
            return None
        return Warned(reader.account, reader.member.number, until, month)

    def _news(
        self,
        warned: Warned,
        balances: Mapping[MemberNumber, PrepaidBalance | None],
        waiting: Mapping[MemberNumber, Sequence[PrepaidItem]],
    ) -> News | None:
        balance, items = balances.get(warned.number), waiting.get(warned.number)
        if balance is None or items is None:
            return None
        unreceived = sum(item.amount for item in items if is_shown(item))
        if balance.prepaid_balance + unreceived == 0:
            return None

        async def write(to: Envelope, _: frozenset[str]) -> None:
            await mails.queue_graduation(to, warned.usable_until, balance, unreceived, self.rules)

        return News(warned.account, [str(warned.month)], write)
