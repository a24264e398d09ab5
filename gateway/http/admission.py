"""What an operation passes right before it runs: the limits and rates that depend on this request."""

from collections.abc import Mapping
from typing import Any

from gateway.context import Context
from gateway.http.cost.estimates import PricedOperation, cost_excess
from gateway.http.limits import refuse
from gateway.http.rates.budgets import CostBudgets
from gateway.http.variable_size import variables_excess
from gateway.limit_settings import LimitSettings


class Admission:
    """Lets operations in, or refuses them."""

    def __init__(self, limits: LimitSettings, budgets: CostBudgets) -> None:
        self._limits = limits
        self._budgets = budgets

    def admit(
        self, operation: PricedOperation, variables: Mapping[str, Any] | None, context: Context
    ) -> None:
        """Raises `LimitExceeded` for what is too much at once, `RateLimited` for what is too much in a while."""
        refuse(variables_excess(variables, self._limits), self._limits.limits)
        total = operation.estimate(variables)
        refuse(cost_excess(total, self._limits), self._limits.limits)
        self._budgets.charge(context.viewer, context.origin, total.cost)
