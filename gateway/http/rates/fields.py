"""The fields that tell a client its rates: `Retry-After`, and `RateLimit` with `RateLimit-Policy`.

The latter as in draft-ietf-httpapi-ratelimit-headers-11.
"""

import math
from collections.abc import Mapping

from gateway.errors import RateLimited
from gateway.http.rates.buckets import Rate, Taken


def rate_fields(policy: str, rate: Rate, taken: Taken) -> Mapping[str, str]:
    """What a policy allows, and what is left of it for this client."""
    window = math.ceil(rate.seconds_to_fill)
    until_full = math.ceil((rate.burst - taken.left) / rate.per_second)
    return {
        "RateLimit-Policy": f'"{policy}";q={rate.burst};w={window}',
        "RateLimit": f'"{policy}";r={math.floor(taken.left)};t={until_full}',
    }


def rate_limited(taken: Taken) -> RateLimited:
    """The error for who has to wait."""
    return RateLimited(retry_after=max(1, math.ceil(taken.wait)))


def retry_after(error: RateLimited) -> Mapping[str, str]:
    """When it is worth asking again."""
    return {"Retry-After": str(error.extensions["retryAfter"])}
