"""Where a request comes from."""

from starlette.requests import HTTPConnection

from gateway.store.records import Origin


def origin_of(request: HTTPConnection) -> Origin:
    """For the throttle and the access log, as far as we know."""
    return Origin(
        address=request.client.host if request.client else None,
        user_agent=request.headers.get("user-agent"),
    )
