"""The context of a request: who asks, by cookie or token, from where and on what."""

from cross_web import HTTPException

from gateway.client_device import ClientDevice
from gateway.clock import Clock
from gateway.context import Context, House, Presence, Trail
from gateway.http.request_head import RequestHead
from gateway.http.session_token import received_mark, received_token

DEVICE_HEADER = "Client-Device"
_DEVICE_FIELD = DEVICE_HEADER.lower()


async def context_of(head: RequestHead, house: House, clock: Clock) -> Context:
    """The viewer of the session that came with the request, or nobody. Raises `HTTPException` for what is no device."""
    token = received_token(head)
    viewer = await house.viewer_of(token, clock)
    trail = Trail()
    return Context(
        house=house,
        presence=Presence(
            viewer,
            house.place_of(viewer, clock(), trail),
            received=token,
            mark=received_mark(head),
        ),
        clock=clock,
        origin=head.origin,
        trail=trail,
        device=_device(head.field(_DEVICE_FIELD)),
    )


def _device(written: str | None) -> ClientDevice:
    """What the client says it runs on, a PC unless it does (A2); 400 for what is no device."""
    if written is None:
        return ClientDevice.PC
    try:
        return ClientDevice(written)
    except ValueError:
        known = ", ".join(device.value for device in ClientDevice)
        raise HTTPException(400, f"The header {DEVICE_HEADER} must be one of {known}") from None
