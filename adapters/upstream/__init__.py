"""Calling out to legacy systems under one policy (architecture.md, rules 5 and 6).

An adapter makes one `Upstream` per system, wraps each of its batch endpoints in a `BatchRead`, and calls
`Upstream.read` or `Upstream.write` for the rest. Whoever takes a request in sets its `deadline`.
"""

from adapters.upstream.batch_read import BatchRead
from adapters.upstream.calling import Upstream
from adapters.upstream.deadline import deadline, remaining
from adapters.upstream.policy import Policy

__all__ = ["BatchRead", "Policy", "Upstream", "deadline", "remaining"]
