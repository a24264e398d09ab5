"""HSTS: browsers that have been here over HTTPS come back over nothing else."""

from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.http.operation_response import adding, raw


class StrictTransportSecurity:
    """Adds `Strict-Transport-Security` to every answer."""

    def __init__(self, app: ASGIApp, seconds: int) -> None:
        self._app = app
        self._field = raw({"Strict-Transport-Security": f"max-age={seconds}"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request."""
        await self._app(scope, receive, adding(self._field, send))
