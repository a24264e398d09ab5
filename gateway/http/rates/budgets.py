"""What operations may cost in a while: a budget for each viewer, and one for each address of those not signed in."""

from collections.abc import Callable

import structlog

from gateway.accounts.networks import network_of
from gateway.http.rates.buckets import Buckets, Rate
from gateway.http.rates.fields import rate_limited
from gateway.limit_settings import Limits
from gateway.settings import Settings
from gateway.store.records import Origin
from gateway.viewer import Anonymous, Viewer

log = structlog.get_logger("gateway.rates")


class CostBudgets:
    """The budgets of this process; `now` is a clock that only goes forward, in seconds."""

    def __init__(self, settings: Settings, now: Callable[[], float]) -> None:
        self._limits = settings.limits
        self._viewers = buckets_of(settings.viewer_cost_burst, settings.viewer_cost_per_second, now)
        self._addresses = buckets_of(settings.address_cost_burst, settings.address_cost_per_second, now)

    def charge(self, viewer: Viewer, origin: Origin, cost: int) -> None:
        """Takes the cost of an operation that is about to run; raises `RateLimited` when there is too little left."""
        if isinstance(viewer, Anonymous):
            taken = self._addresses.take(network_of(origin), cost) if self._addresses else None
        else:
            taken = self._viewers.take(viewer.account_id, cost) if self._viewers else None
        if taken is None or not taken.wait:
            return
        if self._limits is Limits.ENFORCE:
            raise rate_limited(taken)
        log.warning("rate_would_refuse", policy="cost", wait=taken.wait)


def buckets_of(burst: int, per_second: float, now: Callable[[], float]) -> Buckets | None:
    """Buckets of a rate, None without one."""
    return Buckets(Rate(burst, per_second), now) if per_second else None
