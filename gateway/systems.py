"""The legacy systems of one co-op, behind their ports."""

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.ports import Mailer, MemberRegistry, NoticeBoard, PointOfSale, Source, System
from adapters.records import MemberNumber
from gateway.outage import LegacySystem


@dataclass(frozen=True, slots=True)
class Systems:
    """What a co-op is connected to. A co-op without Pico has no POS."""

    registry: MemberRegistry
    pos: PointOfSale | None
    notices: NoticeBoard
    mailer: Mailer

    def all(self) -> Iterator[tuple[LegacySystem, System]]:
        """Every system with its kind."""
        yield LegacySystem.REGISTRY, self.registry
        if self.pos is not None:
            yield LegacySystem.POS, self.pos
        yield LegacySystem.NOTICES, self.notices
        yield LegacySystem.MAILER, self.mailer

    def forget(self, number: MemberNumber) -> None:
        """Serve nothing any more that was said about a member until now."""
        for source in self._sources():
            source.forget(number)

    def forget_everybody(self) -> None:
        """The same for all members."""
        for source in self._sources():
            source.forget_everybody()

    async def close(self) -> None:
        """Let go of all of them."""
        for _, system in self.all():
            await system.close()

    def _sources(self) -> Iterator[Source]:
        yield self.registry
        if self.pos is not None:
            yield self.pos
        yield self.notices
