"""Ports that ask a legacy system for everything once, and answer from memory from then on."""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Any, cast

from adapters.ports import MemberRegistry, NoticeBoard, PointOfSale
from adapters.records import Answers, MemberNumber, MemberSearch, Page, Snapshot
from gateway.coop import Coop
from gateway.systems import Systems
from gateway.wiring import connect_systems

Read = Callable[[Sequence[Hashable]], Awaitable[Answers[Hashable, object]]]
Search = Callable[..., Awaitable[Page[Any]]]


class InMemory:
    """A port whose batch reads, and pages of a search, are remembered for ever. All else it passes on."""

    def __init__(self, port: object) -> None:
        self._port = port
        self._pages: dict[Hashable, Page[Any]] = {}

    def __getattr__(self, name: str) -> object:
        asked = getattr(self._port, name)
        if name in {"status", "ping", "close", "instruct", "instructed", "forget", "forget_everybody"}:
            return asked
        answers = partial(self._search, asked) if name == "search" else partial(_remembered, asked, {})
        setattr(self, name, answers)  # found without this method the next time
        return answers

    async def _search(
        self, search: Search, wanted: MemberSearch, *, limit: int, after: MemberNumber | None
    ) -> Page[Any]:
        key = (wanted, limit, after)
        if key not in self._pages:
            self._pages[key] = await search(wanted, limit=limit, after=after)
        return self._pages[key]


async def _remembered(
    read: Read, known: dict[Hashable, Snapshot[object]], keys: Sequence[Hashable]
) -> Answers[Hashable, object]:
    unknown = [key for key in keys if key not in known]
    if unknown:
        known.update(await read(unknown))
    return Answers({key: known[key] for key in keys})


def connect_in_memory(coop: Coop, environment: Mapping[str, str]) -> Systems:
    """A co-op's systems behind such ports."""
    systems = connect_systems(coop, environment)
    return Systems(
        registry=cast(MemberRegistry, InMemory(systems.registry)),
        pos=cast(PointOfSale, InMemory(systems.pos)),
        notices=cast(NoticeBoard, InMemory(systems.notices)),
        mailer=systems.mailer,
    )
