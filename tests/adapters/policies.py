"""The policy under which the contract suites call the simulated systems."""

from contextlib import AbstractContextManager

from adapters.upstream import Policy, deadline

PATIENT = Policy(
    timeout_seconds=20,
    max_connections=8,
    max_concurrent_calls=8,
    max_waiting=100,
    batch_limit=100,
    retries=0,
    breaker_failures=3,
    breaker_seconds=60,
    snapshot_entries=10_000,
)
"""No retries, so that a test sees every failure; the circuit opens after three. Busy machines are waited for."""


def patience_with(fault: str) -> AbstractContextManager[None]:
    """A deadline: short where the system never answers, long where it answers something."""
    return deadline(0.3 if fault == "timeout" else 20)
