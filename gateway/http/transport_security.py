"""HSTS: browsers that have been here over HTTPS come back over nothing else."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class StrictTransportSecurity:
    """Adds `Strict-Transport-Security` to every answer."""

    def __init__(self, app: ASGIApp, seconds: int) -> None:
        self._app = app
        self._value = f"max-age={seconds}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request."""

        async def send_with_field(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Strict-Transport-Security"] = self._value
            await send(message)

        await self._app(scope, receive, send_with_field)
