"""請求明細を早めに確認すること, to members who have given notice of leaving (E23)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from adapters.ports import MemberRegistry
from adapters.records import Member, MemberStatus
from gateway import mails
from gateway.mailings.findings import Findings, News
from gateway.mailings.looking import readers
from gateway.mails import Envelope
from gateway.store import CoopStore
from gateway.store.records import Account, MailKind


@dataclass(frozen=True, slots=True)
class Leaving:
    """Once, when the registry first says that the member is leaving; a later notice is another one."""

    kind: ClassVar[MailKind] = MailKind.LEAVING
    daily: ClassVar[bool] = True

    registry: MemberRegistry

    async def accounts(
        self, within: CoopStore, subject: str, after: UUID | None, at_most: int
    ) -> Sequence[Account]:
        """Members."""
        return await within.mailable_accounts.members(after, at_most)

    async def look(self, within: CoopStore, subject: str, accounts: Sequence[Account]) -> Findings:
        """Who of them is leaving."""
        told = await readers(within, self.registry, accounts)
        news = [
            News(each.account, [_notice_given(each.member)], _write)
            for each in told.found
            if each.member.status is MemberStatus.WITHDRAWING
        ]
        return Findings(news, unanswered=not told.complete)


async def _write(to: Envelope, _: frozenset[str]) -> None:
    await mails.queue_leaving(to)


def _notice_given(member: Member) -> str:
    return "" if member.withdrawal_noticed_on is None else member.withdrawal_noticed_on.isoformat()
