"""What an operation cost, told to who may know and asks: `GraphQL-Cost: report`."""

from collections.abc import Mapping
from typing import Any

from gateway.http.cost.estimates import PricedOperation
from gateway.http.request_head import RequestHead
from gateway.viewer import StaffViewer, Viewer

HEADER = "GraphQL-Cost"
_FIELD = HEADER.lower()


def wants_report(head: RequestHead, viewer: Viewer, *, developing: bool) -> bool:
    """Whether the cost is to stand in the answer: for staff, and for everybody in development."""
    return head.field(_FIELD) == "report" and (developing or isinstance(viewer, StaffViewer))


def cost_report(
    operation: PricedOperation, variables: Mapping[str, Any] | None, data: Mapping[str, Any] | None
) -> Mapping[str, int]:
    """`extensions.cost`: the most that it could come to, and what it came to."""
    return {"estimated": operation.estimate(variables).cost, "actual": operation.actual(data)}
