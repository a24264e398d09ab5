"""`/livez` and `/readyz`: whether this process lives, and whether requests should be sent to it.

It is ready while it can serve what it knows: as long as its own database answers. Legacy systems do not count, for
their last known answers are served without them; how they are doing stands beside it. Neither page holds a secret.
"""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.context import House
from gateway.store.reachable import is_reachable

LIVE = "/livez"
READY = "/readyz"
DATABASE_SECONDS = 1.0
NOT_STORED = {"Cache-Control": "no-store"}


def health_routes(house: Callable[[], House]) -> list[Route]:
    """The two pages; `app.state.draining` is whether the process is about to end."""

    async def live(_: Request) -> Response:
        return JSONResponse({"alive": True}, headers=NOT_STORED)

    async def ready(request: Request) -> Response:
        database = await is_reachable(house().store.engine, DATABASE_SECONDS)
        draining = bool(getattr(request.app.state, "draining", False))
        is_ready = database and not draining
        told = {"ready": is_ready, "database": database, "draining": draining, "circuits": _circuits(house())}
        return JSONResponse(told, status_code=200 if is_ready else 503, headers=NOT_STORED)

    return [Route(LIVE, live), Route(READY, ready)]


def _circuits(house: House) -> Mapping[str, str]:
    """The state of the circuit of each system, by co-op and kind; nobody is asked."""
    statuses = [system.status() for systems in house.systems.values() for _, system in systems.all()]
    return {status.system: status.circuit.value for status in statuses}
