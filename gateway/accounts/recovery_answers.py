"""The worker's part of recovery: looks up what was forgotten, and mails what helps, or nothing (A28, A30, E3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

import structlog

from gateway import mails
from gateway.accounts.changes import reachable_at
from gateway.accounts.mailed_links import issue_token
from gateway.accounts.reissued import new_reissued_password, reissued_digest
from gateway.accounts.vault import Vault
from gateway.accounts.whose import is_in_use
from gateway.clock import Clock
from gateway.coop import Coop
from gateway.coop_terms import PasswordRecovery
from gateway.store import CoopStore
from gateway.store.login_ids import login_key
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    Account,
    NewAccessLogEntry,
    NewRecoveryRequest,
    RecoveryKind,
    RecoveryRequest,
    TokenPurpose,
)

REISSUED_LIVES = timedelta(hours=1)
"""How long a reissued password may be used (A30)."""

TRIED_AGAIN_AFTER = timedelta(minutes=5)

log = structlog.get_logger()


class Reachable(NamedTuple):
    """An account in use, and the address that was proved to be its owner's."""

    account: Account
    address: str


@dataclass(frozen=True, slots=True)
class RecoveryAnswers:
    """Answers the requests of one co-op."""

    coop: Coop
    store: CoopStore
    vault: Vault
    clock: Clock

    async def answer_next(self) -> bool:
        """Answers one request; False when there is none that is not being answered already."""
        async with self.store.transaction() as within:
            request = await within.recovery_requests.take(self.clock())
            if request is None:
                return False
            await self._answer_or_postpone(within, request)
            return True

    async def _answer_or_postpone(self, within: CoopStore, request: RecoveryRequest) -> None:
        try:
            async with within.transaction() as attempt:
                await self._answer(attempt, request.asked)
                await attempt.recovery_requests.remove(request.request_id)
        except Exception:  # one that cannot be answered holds up no other
            log.exception("recovery_not_answered", request_id=str(request.request_id))
            again_at = self.clock() + TRIED_AGAIN_AFTER
            await within.recovery_requests.postpone(request.request_id, again_at)

    async def _answer(self, within: CoopStore, asked: NewRecoveryRequest) -> None:
        match asked.kind:
            case RecoveryKind.LOGIN_ID:
                found = await self._with_address(within, asked)
                if found:
                    await self._remind(within, found)
            case RecoveryKind.PASSWORD:
                found = await self._with_login_id(within, asked)
                for reachable in found:
                    await self._recover(within, reachable)
        accounts = [reachable.account for reachable in found]
        await within.access_log.record(self._lines(asked, accounts))

    async def _with_address(self, within: CoopStore, asked: NewRecoveryRequest) -> Sequence[Reachable]:
        """The member's and the guardian's accounts under a number, as far as the address is theirs."""
        if asked.member_number is None:
            return []
        under_number = _reachable(await within.lifecycle.of_number(asked.member_number))
        typed = login_key(asked.identifier)
        return [each for each in under_number if login_key(each.address) == typed]

    async def _with_login_id(self, within: CoopStore, asked: NewRecoveryRequest) -> Sequence[Reachable]:
        account = await within.accounts.by_login_id(asked.identifier)
        if account is None or asked.member_number not in (None, account.member_number):
            return []
        return _reachable([account])

    async def _remind(self, within: CoopStore, found: Sequence[Reachable]) -> None:
        login_ids = [reachable.account.login_id for reachable in found]
        await mails.queue_login_id_reminder(within, self.coop, found[0].address, login_ids, self.clock())

    async def _recover(self, within: CoopStore, reachable: Reachable) -> None:
        match self.coop.password_recovery:
            case PasswordRecovery.REISSUE:
                await self._reissue(within, reachable.account, reachable.address)
            case PasswordRecovery.RESET_LINK:
                await self._mail_link(within, reachable.account, reachable.address)

    async def _reissue(self, within: CoopStore, account: Account, address: str) -> None:
        now, password = self.clock(), new_reissued_password()
        until = now + REISSUED_LIVES
        digest = reissued_digest(self.vault, account.account_id, password)
        await within.accounts.set_reissued(account.account_id, digest, until)
        await mails.queue_reissued_password(within, self.coop, address, password, until, now)

    async def _mail_link(self, within: CoopStore, account: Account, address: str) -> None:
        now = self.clock()
        token, expires_at = await issue_token(within, account, TokenPurpose.RESET_PASSWORD, now)
        await mails.queue_password_reset_link(within, self.coop, address, token, expires_at, now)

    def _lines(self, asked: NewRecoveryRequest, found: Sequence[Account]) -> Sequence[NewAccessLogEntry]:
        """A line for each account that was helped, or one for nobody. Never what was typed."""
        nobody = NewAccessLogEntry(
            at=self.clock(),
            action=AccessAction.RECOVERY_REQUESTED,
            outcome=AccessOutcome.REFUSED,
            origin=asked.origin,
            account_id=asked.requested_by,
            what=(asked.kind.value,),
            reason="NO_ACCOUNT_TO_MAIL_TO",
        )
        return [_line_of(nobody, account) for account in found] or [nobody]


def _reachable(accounts: Sequence[Account]) -> Sequence[Reachable]:
    return [
        Reachable(account, address)
        for account in accounts
        if is_in_use(account) and (address := reachable_at(account)) is not None
    ]


def _line_of(nobody: NewAccessLogEntry, account: Account) -> NewAccessLogEntry:
    return replace(
        nobody,
        outcome=AccessOutcome.ALLOWED,
        account_id=nobody.account_id or account.account_id,
        member_number=account.member_number,
        reason=None,
    )
