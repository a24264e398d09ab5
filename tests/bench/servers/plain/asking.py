"""The context of a request, from its header `Authorization`."""

from collections.abc import Callable

from adapters.records import MemberNumber
from gateway.viewer import MemberViewer, SignedInViewer
from tests.bench.servers.plain.loading import Asker, dataloaders
from tests.bench.servers.plain.making import Maker
from tests.bench.servers.plain.memory import remembered
from tests.bench.servers.told import Told

AskerOf = Callable[[bytes | None], Asker]


async def askers(told: Told) -> AskerOf:
    """In memory or over the legacy systems, as this server was told."""
    ((code, coop),) = told.house.coops.items()
    systems = told.house.systems[code]
    assert coop.pico is not None
    maker = Maker(coop, coop.pico)
    numbers = {header: _number(viewer) for header, viewer in told.viewers.items()}
    if told.in_memory:
        own = [number for number in numbers.values() if number is not None]
        load = await remembered(systems, maker, own)
        return lambda header: Asker(numbers[header or b""], load)
    return lambda header: Asker(numbers[header or b""], dataloaders(systems, maker))


def _number(viewer: SignedInViewer) -> MemberNumber | None:
    return viewer.member_number if isinstance(viewer, MemberViewer) else None
