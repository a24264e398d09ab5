"""The context of a request: who asks, by cookie or token, from where and on what."""

from cross_web import HTTPException
from starlette.requests import Request

from gateway.client_device import ClientDevice
from gateway.clock import Clock
from gateway.context import Context, House, Presence, Trail
from gateway.http.origin import origin_of
from gateway.http.session_token import received_mark, received_token

DEVICE_HEADER = "Client-Device"


async def context_of(request: Request, house: House, clock: Clock) -> Context:
    """The viewer of the session that came with the request, or nobody. Raises `HTTPException` for what is no device."""
    token = received_token(request)
    viewer = await house.viewer_of(token, clock)
    trail = Trail()
    return Context(
        house=house,
        presence=Presence(
            viewer,
            house.place_of(viewer, clock(), trail),
            received=token,
            mark=received_mark(request),
        ),
        clock=clock,
        origin=origin_of(request),
        trail=trail,
        device=_device(request),
    )


def _device(request: Request) -> ClientDevice:
    """What the client says it runs on, a PC unless it does (A2); 400 for what is no device."""
    written = request.headers.get(DEVICE_HEADER, ClientDevice.PC.value)
    try:
        return ClientDevice(written)
    except ValueError:
        known = ", ".join(device.value for device in ClientDevice)
        raise HTTPException(400, f"The header {DEVICE_HEADER} must be one of {known}") from None
