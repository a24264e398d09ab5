"""Operations compiled to Python: see README.md."""

from gateway.execution.door import CompiledExecution, Statistics
from gateway.execution.limits import Limits
from gateway.execution.schema import CompiledSchema

__all__ = ["CompiledExecution", "CompiledSchema", "Limits", "Statistics"]
