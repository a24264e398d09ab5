"""Operations compiled to Python: see README.md."""

from gateway.execution.batch_fields import batch_field
from gateway.execution.documents import CacheLimits, Documents
from gateway.execution.door import CompiledExecution, Statistics
from gateway.execution.guards import Guard
from gateway.execution.limits import Limits
from gateway.execution.prepared import Document, DocumentRefused, Operation
from gateway.execution.read_fields import read_field
from gateway.execution.schema import CompiledSchema

__all__ = [
    "CacheLimits",
    "CompiledExecution",
    "CompiledSchema",
    "Document",
    "DocumentRefused",
    "Documents",
    "Guard",
    "Limits",
    "Operation",
    "Statistics",
    "batch_field",
    "read_field",
]
