"""Calling out to legacy systems under one policy (architecture.md, rules 5 and 6).

An adapter makes one `Upstream` per system, wraps each of its batch endpoints in a `BatchRead` (in `Gathered` alone
where nothing is to be remembered), and calls `Upstream.read` or `Upstream.write` for the rest. Whoever takes a
request in sets its `deadline`, and says whether `fresh_answers_will_do`.
"""

from adapters.upstream.batch_read import BatchRead
from adapters.upstream.calling import Upstream
from adapters.upstream.deadline import deadline, no_deadline, remaining
from adapters.upstream.freshness import BusinessDay, Figures, Freshness, fresh_answers_will_do
from adapters.upstream.gathered import Gathered
from adapters.upstream.policy import Policy

__all__ = [
    "BatchRead",
    "BusinessDay",
    "Figures",
    "Freshness",
    "Gathered",
    "Policy",
    "Upstream",
    "deadline",
    "fresh_answers_will_do",
    "no_deadline",
    "remaining",
]
