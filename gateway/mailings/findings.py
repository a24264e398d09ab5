"""What a mailing is: whom it looks at, and what it finds that they should hear of."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from gateway.mails import Envelope
from gateway.store import CoopStore
from gateway.store.records import Account, MailKind

Write = Callable[[Envelope, frozenset[str]], Awaitable[None]]
"""Writes the mail about those of the occasions that are new."""


@dataclass(frozen=True, slots=True)
class News:
    """What an account should hear of, each occasion once for ever."""

    account: Account
    occasions: Sequence[str]
    write: Write


@dataclass(frozen=True, slots=True)
class Findings:
    """What a look at some accounts has found.

    `over`: accounts for which the kind's earlier occasions are over, so that the next one is new.
    `unanswered`: a system did not answer for some of them, who are looked at again.
    """

    news: Sequence[News] = ()
    over: Sequence[UUID] = ()
    unanswered: bool = False


class Mailing(Protocol):
    """One kind of mail to many accounts.

    `daily`: everybody is looked at once on every open day, at hours for reminders; otherwise once, at once.
    """

    @property
    def kind(self) -> MailKind:
        """The kind of its mails."""

    @property
    def daily(self) -> bool:
        """See above."""

    async def accounts(
        self, within: CoopStore, subject: str, after: UUID | None, at_most: int
    ) -> Sequence[Account]:
        """The next accounts to look at, in the order of their ids."""

    async def look(self, within: CoopStore, subject: str, accounts: Sequence[Account]) -> Findings:
        """What they should hear of. Raises the errors of `adapters.errors` when a system is down for all."""
