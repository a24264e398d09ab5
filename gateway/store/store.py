"""The store: the gateway's own state in PostgreSQL, of which every co-op has its part."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from sqlalchemy import NullPool
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from gateway.store.access_log import AccessLog, CommittingTogether, committing_together
from gateway.store.account_lifecycle import AccountLifecycle, remove_abandoned_registrations
from gateway.store.accounts import Accounts
from gateway.store.auth_codes import AuthCodes, remove_expired_challenges
from gateway.store.connections import Connections, CoopConnections, EachByItself, WithinTransaction
from gateway.store.digital_cards import DigitalCards
from gateway.store.gathered_reads import GatheredReads
from gateway.store.impatience import ImpatientConnection
from gateway.store.journal import Journal
from gateway.store.lines import Lines
from gateway.store.mailable_accounts import MailableAccounts
from gateway.store.mailed_tokens import MailedTokens, remove_expired_tokens
from gateway.store.mailings import Mailings
from gateway.store.member_changes import MemberChanges
from gateway.store.notice_reads import NoticeReads
from gateway.store.outbox import Outbox
from gateway.store.preferences import Preferences
from gateway.store.published_notices import PublishedNotices
from gateway.store.recovery_requests import RecoveryRequests
from gateway.store.requests import Requests
from gateway.store.sessions import Sessions, SessionsByToken
from gateway.store.share_payments import SharePayments
from gateway.store.share_refunds import ShareRefunds
from gateway.store.throttles import Throttles, remove_expired_counts

LONGEST_STATEMENT = 10.0
"""Seconds after which a statement is given up, so that a stuck database holds nobody for ever."""
LINES = 4
"""Connections beside those of the pool, for what is gathered."""


class CoopStore:
    """One co-op's part of the store. What belongs to another co-op does not exist here."""

    def __init__(
        self,
        coop_code: str,
        connections: Connections,
        reads: GatheredReads | None = None,
        commits: CommittingTogether | None = None,
    ) -> None:
        """`reads` and `commits` join what other requests ask for; None within a transaction."""
        self.coop_code = coop_code
        self._connections = connections
        at = CoopConnections(coop_code, connections, reads)
        self.accounts = Accounts(at)
        self.sessions = Sessions(at)
        self.throttles = Throttles(at)
        self.auth_codes = AuthCodes(at)
        self.access_log = AccessLog(at, commits)
        self.preferences = Preferences(at)
        self.digital_cards = DigitalCards(at)
        self.notice_reads = NoticeReads(at)
        self.published_notices = PublishedNotices(at)
        self.mailings = Mailings(at)
        self.mailable_accounts = MailableAccounts(at)
        self.requests = Requests(at)
        self.journal = Journal(at)
        self.member_changes = MemberChanges(at)
        self.outbox = Outbox(at)
        self.lifecycle = AccountLifecycle(at)
        self.mailed_tokens = MailedTokens(at)
        self.recovery_requests = RecoveryRequests(at)
        self.share_payments = SharePayments(at)
        self.share_refunds = ShareRefunds(at)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator["CoopStore"]:
        """This store, with all that is done through it in one transaction, one thing after another."""
        async with self._connections.begin() as connection:
            yield CoopStore(self.coop_code, WithinTransaction(connection))


class Store:
    """The store of all co-ops, for one process. Any number of processes may share the database."""

    def __init__(self, engine: AsyncEngine, lines: Lines) -> None:
        """`lines` are for what is gathered, `engine` for all else."""
        self.engine = engine
        self.lines = lines
        self._connections = EachByItself(engine)
        self._reads = GatheredReads(lines)
        self._commits = committing_together(lines)
        self._parts: dict[str, CoopStore] = {}
        self.sessions = SessionsByToken(self._connections, self._reads, lines)

    @classmethod
    def open(cls, url: str, *, connections: int = 6) -> "Store":
        """The store in the database at a `postgresql+asyncpg://` URL, with so many connections at most and `LINES`."""
        engine = partial(
            create_async_engine,
            url,
            hide_parameters=True,  # an error's text goes to the log: no address, no hash, no mail in it
            connect_args={"command_timeout": LONGEST_STATEMENT, "connection_class": ImpatientConnection},
        )
        lines = Lines(engine(poolclass=NullPool), LINES)
        return cls(engine(pool_size=connections, max_overflow=0), lines)

    def of(self, coop_code: str) -> CoopStore:
        """One co-op's part: always the same."""
        if coop_code not in self._parts:
            self._parts[coop_code] = CoopStore(coop_code, self._connections, self._reads, self._commits)
        return self._parts[coop_code]

    async def remove_expired(self, now: datetime) -> int:
        """Deletes sessions, challenges, counts, mailed tokens and registrations that are over; says how many."""
        return (
            await self.sessions.remove_expired(now)
            + await remove_expired_challenges(self._connections, now)
            + await remove_expired_counts(self._connections, now)
            + await remove_expired_tokens(self._connections, now)
            + await remove_abandoned_registrations(self._connections, now)
        )

    async def close(self) -> None:
        """Lets go of the connections, once nobody asks any more."""
        await self.lines.close()
        await self.engine.dispose()
