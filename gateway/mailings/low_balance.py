"""残高のお知らせ: the balance is below the sum an account has set, as of the previous day (B2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from adapters.ports import MemberRegistry, PointOfSale
from adapters.records import PrepaidBalance
from gateway import mails
from gateway.mailings.findings import Findings, News
from gateway.mailings.looking import readers, seen
from gateway.mails import Envelope
from gateway.store import CoopStore
from gateway.store.records import Account, MailKind


@dataclass(frozen=True, slots=True)
class LowBalance:
    """Once when the balance has fallen below the sum, and again only after it was not. A new sum is a new wish."""

    kind: ClassVar[MailKind] = MailKind.LOW_BALANCE
    daily: ClassVar[bool] = True

    registry: MemberRegistry
    pos: PointOfSale

    async def accounts(
        self, within: CoopStore, subject: str, after: UUID | None, at_most: int
    ) -> Sequence[Account]:
        """Who has set a sum."""
        return await within.mailable_accounts.watching_the_balance(after, at_most)

    async def look(self, within: CoopStore, subject: str, accounts: Sequence[Account]) -> Findings:
        """Whose balance is below it, and whose is not."""
        told = await readers(within, self.registry, accounts)
        alerts = await within.preferences.alerts([each.account.account_id for each in told.found])
        balances = await seen(self.pos.balances, told.numbers)
        news: list[News] = []
        over: list[UUID] = []
        for each in told.found:
            account, balance = each.account, balances.values.get(each.member.number)
            below = alerts[account.account_id].low_balance_below
            if balance is None or below is None:
                continue
            if balance.prepaid_balance < below:
                news.append(_news(account, balance, below))
            else:
                over.append(account.account_id)
        return Findings(news, over, unanswered=not (told.complete and balances.complete))


def _news(account: Account, balance: PrepaidBalance, below: int) -> News:
    async def write(to: Envelope, _: frozenset[str]) -> None:
        await mails.queue_low_balance(to, balance, below)

    return News(account, [f"below {below}"], write)
