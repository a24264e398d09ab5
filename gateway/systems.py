"""The legacy systems of one co-op, behind their ports."""

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.ports import Mailer, MemberRegistry, NoticeBoard, PointOfSale, System
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

    async def close(self) -> None:
        """Let go of all of them."""
        for _, system in self.all():
            await system.close()
