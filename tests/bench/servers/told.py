"""What a server of the comparison is told by whoever starts it, and the contexts it makes of that.

These servers keep no sessions, no access log and no store: who asks is read from a table, and nobody has read a notice
or asked for anything.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

from adapters.records import MemberNumber, Page
from gateway.accounts import Passwords, ThrottleLimits, Vault
from gateway.card_signature import CardSigner
from gateway.clock import system_clock
from gateway.context import Context, House, Presence, Trail
from gateway.coop_config.reading import load_coops
from gateway.store import Store
from gateway.store.records import (
    Account,
    AccountKind,
    AccountState,
    ChangeRequest,
    ChangeRequestsQuery,
    Origin,
    OwnNotices,
    SessionLimits,
)
from gateway.viewer import Anonymous, MemberViewer, SignedInViewer, StaffRole, StaffViewer
from gateway.wiring import ADAPTERS, connect_systems
from tests.bench.asgi import Scope
from tests.bench.servers.in_memory import connect_in_memory

ALL_DAY = timedelta(days=1)
NOBODY = Anonymous()
HERE = Origin()
NO_REQUESTS: Page[ChangeRequest] = Page((), has_next=False)


class Absent:
    """A part of a store that nobody asks."""

    def __getattr__(self, _: str) -> "Absent":
        return self


class EmptyStore(Absent):
    """As much of a store as the screens ask: accounts, that no notice was read, that nothing was requested."""

    def __init__(self, accounts: Mapping[UUID, Account]) -> None:
        self._accounts = accounts
        self.accounts = self.notice_reads = self.requests = self.published_notices = self

    def of(self, _: str) -> "EmptyStore":
        """The part of a co-op."""
        return self

    async def by_id(self, ids: Sequence[UUID]) -> Mapping[UUID, Account]:
        """Accounts."""
        return self._accounts

    async def read_at(self, queries: Sequence[object]) -> Mapping[object, Mapping[str, datetime]]:
        """When notices were read."""
        return {query: {} for query in queries}

    async def of_members(self, numbers: Sequence[MemberNumber]) -> Mapping[MemberNumber, OwnNotices]:
        """What staff published."""
        return dict.fromkeys(numbers, ())

    async def change_requests(
        self, queries: Sequence[ChangeRequestsQuery]
    ) -> Mapping[ChangeRequestsQuery, Page[ChangeRequest]]:
        """Pages of what was asked for."""
        return dict.fromkeys(queries, NO_REQUESTS)

    async def unsettled(self, numbers: Sequence[MemberNumber]) -> Mapping[MemberNumber, tuple[()]]:
        """What was asked for."""
        return dict.fromkeys(numbers, ())


@dataclass(frozen=True, slots=True)
class Told:
    """The table of who asks, by the header `Authorization`, and the house they are in."""

    in_memory: bool
    viewers: Mapping[bytes, SignedInViewer]
    house: House
    schema: str
    answers: Path

    def context(self, authorization: bytes | None) -> Context:
        """A request's context."""
        viewer = self.viewers.get(authorization or b"", NOBODY)
        trail = Trail()
        place = self.house.place_of(viewer, system_clock(), trail)
        return Context(self.house, Presence(viewer, place), system_clock, HERE, trail)


def authorization(scope: Scope) -> bytes | None:
    """The header."""
    return next((value for name, value in scope["headers"] if name == b"authorization"), None)


def told() -> Told:
    """From the environment."""
    in_memory = os.environ["BENCH_IN_MEMORY"] == "1"
    connect = connect_in_memory if in_memory else connect_systems
    file = Path(os.environ["BENCH_WORLD"])
    world: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    coops = load_coops(Path(os.environ["GATEWAY_COOPS_DIR"]), ADAPTERS)
    code, key = world["coop"], os.environ["GATEWAY_SIGNING_KEY"]
    viewers: dict[bytes, SignedInViewer] = {}
    accounts: dict[UUID, Account] = {}
    for token, number in world["viewers"].items():
        viewers[_header(token)] = MemberViewer(code, uuid4(), uuid4(), MemberNumber(number))
    for token in world["staff"]:
        viewers[_header(token)] = StaffViewer(code, uuid4(), uuid4(), frozenset({StaffRole.DESK}))
    for viewer in viewers.values():
        accounts[viewer.account_id] = _account(viewer)
    house = House(
        coops=coops,
        systems={code: connect(coop, os.environ) for code, coop in coops.items()},
        store=cast(Store, EmptyStore(accounts)),
        passwords=Passwords(),
        session_limits=SessionLimits(idle=ALL_DAY, absolute=ALL_DAY),
        card_signer=CardSigner(key),
        vault=Vault(key),
        throttle_limits=ThrottleLimits(),
    )
    schema = Path(world["schema"]).read_text(encoding="utf-8")
    return Told(in_memory, viewers, house, schema, file.with_name("answers.json"))


def _header(token: str) -> bytes:
    return f"Bearer {token}".encode()


def _account(viewer: SignedInViewer) -> Account:
    return Account(
        account_id=viewer.account_id,
        coop_code=viewer.coop_code,
        kind=AccountKind.MEMBER,
        state=AccountState.REGISTERED,
        login_id="bench",
        email=None,
        email_verified=False,
        member_number=viewer.member_number if isinstance(viewer, MemberViewer) else None,
        registered_at=system_clock(),
        auth_code=False,
        must_change_password=False,
        terms=None,
        name=None,
        roles=frozenset(),
    )
