"""What every request passes on its way in, from the outside to the inside."""

import time
from collections.abc import Iterator

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from gateway.http.bounded_work import BoundedWork
from gateway.http.cost.report import HEADER as COST_HEADER
from gateway.http.health import LIVE, READY
from gateway.http.operation_request import PREFLIGHT_HEADER
from gateway.http.places import Places
from gateway.http.rates.budgets import buckets_of
from gateway.http.rates.by_address import RateByAddress
from gateway.http.request_context import DEVICE_HEADER
from gateway.http.status_codes import StatusProfile
from gateway.http.transport_security import StrictTransportSecurity
from gateway.settings import Settings

ALLOWED_HEADERS = ["Authorization", "Content-Type", DEVICE_HEADER, PREFLIGHT_HEADER, COST_HEADER]
FREE = frozenset({LIVE, READY})
"""Paths that are answered at any time: who asks there decides whether this process gets requests at all."""
EXPOSED_HEADERS = ["RateLimit", "RateLimit-Policy", "Retry-After"]


def middleware_for(settings: Settings, statuses: StatusProfile) -> Iterator[Middleware]:
    """The layers that these settings ask for."""
    if settings.hsts_seconds:
        yield Middleware(StrictTransportSecurity, seconds=settings.hsts_seconds)
    if settings.cors_origins:
        yield Middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=ALLOWED_HEADERS,
            expose_headers=EXPOSED_HEADERS,
            allow_credentials=True,
        )
    buckets = buckets_of(
        settings.address_requests_burst, settings.address_requests_per_second, time.monotonic
    )
    if buckets:
        yield Middleware(
            RateByAddress,
            buckets=buckets,
            statuses=statuses,
            limits=settings.limits,
            free=FREE,
        )
    yield Middleware(
        BoundedWork,
        places=Places(
            settings.max_requests_in_progress,
            settings.max_requests_waiting,
            settings.max_waiting_seconds,
            settings.max_requests_held_up,
        ),
        statuses=statuses,
        max_body_bytes=settings.max_body_bytes,
        deadline_seconds=settings.deadline_seconds,
        free=FREE,
    )
