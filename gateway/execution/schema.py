"""A Strawberry schema whose operations are compiled."""

from collections.abc import Callable
from typing import Any

import strawberry

from gateway.execution.door import CompiledExecution
from gateway.execution.limits import Limits
from gateway.execution.strawberry_fields import StrawberryFields


class CompiledSchema(strawberry.Schema):
    """A `strawberry.Schema` that carries out operations by `compiled`; everything around that is Strawberry's own."""

    def __init__(self, *arguments: Any, limits: Limits | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.compiled = CompiledExecution(
            self._schema, StrawberryFields(self).resolver, limits, super()._get_execute_function()
        )

    def _get_execute_function(self) -> Callable[..., Any]:
        return self.compiled.execute
