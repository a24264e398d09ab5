"""生協: what every visitor may know."""

from collections.abc import Sequence

from gateway.context import Context
from gateway.coop import Coop


def coops(context: Context) -> Sequence[Coop]:
    """All co-ops, in the order of their codes."""
    return [context.house.coops[code] for code in sorted(context.house.coops)]


def coop(context: Context, code: str) -> Coop | None:
    """One co-op, None when there is no such."""
    return context.house.coops.get(code)
