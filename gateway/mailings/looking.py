"""Looking at many members at once, in what the systems say now: last known figures are never mailed."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from adapters.errors import Garbled, Incomplete, Unavailable
from adapters.ports import MemberRegistry
from adapters.records import Answers, Member, MemberNumber, MemberStatus
from gateway.store import CoopStore
from gateway.store.records import Account, AccountKind

V = TypeVar("V")

Read = Callable[[Sequence[MemberNumber]], Awaitable[Answers[MemberNumber, V]]]


@dataclass(frozen=True, slots=True)
class Seen(Generic[V]):
    """What a system said of some members just now; `complete` when it spoke of all who were asked for."""

    values: Mapping[MemberNumber, V]
    complete: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """An account, and the member whose pages it shows."""

    account: Account
    member: Member


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may be told something; `complete` unless the registry left some of them out."""

    found: Sequence[Reader]
    complete: bool

    @property
    def numbers(self) -> Sequence[MemberNumber]:
        """Their member numbers, each once."""
        return list(dict.fromkeys(reader.member.number for reader in self.found))


async def seen(read: Read[V], numbers: Sequence[MemberNumber]) -> Seen[V]:
    """Asks a system. Raises when it is down for everybody; who alone cannot be read is left out."""
    if not numbers:
        return Seen({}, complete=True)
    answers = await read(numbers)
    values = {number: snapshot.value for number, snapshot in answers.items() if not snapshot.last_known}
    if not values and not isinstance(answers.failure, Garbled | Incomplete):
        raise answers.failure or Unavailable("mailing", "only last known answers")
    return Seen(values, complete=len(values) == len(set(numbers)))


async def readers(within: CoopStore, registry: MemberRegistry, accounts: Sequence[Account]) -> Readers:
    """The accounts that still show a member's pages: not after leaving (E22), no guardian shut out (X13)."""
    open_to = await with_view(within, accounts)
    members = await seen(registry.members, list(dict.fromkeys(_numbers(open_to))))
    found = [
        Reader(account, member)
        for account in open_to
        if (number := account.member_number) is not None
        and (member := members.values.get(number)) is not None
        and member.status is not MemberStatus.WITHDRAWN
    ]
    return Readers(found, members.complete)


async def with_view(within: CoopStore, accounts: Sequence[Account]) -> Sequence[Account]:
    """All but guardians whose student shows them nothing (X13)."""
    guardians = [account for account in accounts if account.kind is AccountKind.GUARDIAN]
    sharing = await within.preferences.guardian_sharing(list(_numbers(guardians)))
    shut_out = {number for number, each in sharing.items() if not each.shared}
    return [each for each in accounts if each not in guardians or each.member_number not in shut_out]


def _numbers(accounts: Iterable[Account]) -> Iterable[MemberNumber]:
    return (account.member_number for account in accounts if account.member_number is not None)
