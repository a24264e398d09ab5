"""Operations compiled to Python: see README.md."""

from gateway.execution.batch_fields import batch_field
from gateway.execution.documents import CacheLimits, Documents
from gateway.execution.door import CompiledExecution, Statistics
from gateway.execution.limits import Limits
from gateway.execution.prepared import Document, DocumentRefused, Operation
from gateway.execution.schema import CompiledSchema

__all__ = [
    "CacheLimits",
    "CompiledExecution",
    "CompiledSchema",
    "Document",
    "DocumentRefused",
    "Documents",
    "Limits",
    "Operation",
    "Statistics",
    "batch_field",
]
