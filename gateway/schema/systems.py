"""The legacy systems as the gateway sees them."""

import strawberry

from adapters.records import Circuit
from gateway.outage import LegacySystem
from gateway.resolvers.systems import KnownStatus


@strawberry.type(description="How a legacy system of the viewer's co-op is doing.")
class LegacySystemStatus:
    """One system."""

    system: LegacySystem = strawberry.field(description="Which one.")
    circuit: Circuit = strawberry.field(description="Whether it is being asked.")
    answers: bool = strawberry.field(description="Whether it answered a ping just now.")
    calls_in_flight: int = strawberry.field(description="Calls of this process under way.")
    calls_waiting: int = strawberry.field(description="Calls of this process waiting for a place.")

    @classmethod
    def of(cls, record: KnownStatus) -> "LegacySystemStatus":
        """From the resolver's record."""
        return cls(
            system=record.system,
            circuit=record.status.circuit,
            answers=record.answers,
            calls_in_flight=record.status.calls_in_flight,
            calls_waiting=record.status.calls_waiting,
        )
