"""How many requests an address may send: decided before anything else is done for a request."""

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.accounts.networks import network_of
from gateway.http.answers import failed
from gateway.http.media_types import JSON, accepted_media_type
from gateway.http.operation_response import OperationResponse, adding, raw
from gateway.http.rates.buckets import Buckets
from gateway.http.rates.fields import rate_fields, rate_limited, retry_after
from gateway.http.request_head import RequestHead
from gateway.http.status_codes import StatusProfile
from gateway.limit_settings import Limits

log = structlog.get_logger("gateway.rates")

POLICY = "address"


class RateByAddress:
    """Lets an address through as often as its bucket allows, and says in every answer what is left."""

    def __init__(
        self, app: ASGIApp, buckets: Buckets, statuses: StatusProfile, limits: Limits, free: frozenset[str]
    ) -> None:
        """`free` are paths that do not count."""
        self._app = app
        self._buckets = buckets
        self._statuses = statuses
        self._limits = limits
        self._free = free

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Counts the request, and answers it or refuses it with 429."""
        if scope["type"] != "http" or scope["path"] in self._free:
            await self._app(scope, receive, send)
            return
        taken = self._buckets.take(network_of(RequestHead(scope).origin))
        fields = rate_fields(POLICY, self._buckets.rate, taken)
        if not taken.wait:
            await self._app(scope, receive, adding(raw(fields), send))
        elif self._limits is Limits.MEASURE:
            log.warning("rate_would_refuse", policy=POLICY, wait=taken.wait)
            await self._app(scope, receive, send)
        else:
            error = rate_limited(taken)
            accepted = accepted_media_type(RequestHead(scope)) or JSON
            media_type = self._statuses.media_type(429, accepted)
            headers = raw({**fields, **retry_after(error)})
            await OperationResponse(429, media_type, failed(error), headers).send(send)
