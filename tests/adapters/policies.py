"""The policy under which the contract suites call the simulated systems."""

from adapters.upstream import Policy

TIMEOUT_SECONDS = 1.0

PATIENT = Policy(
    timeout_seconds=TIMEOUT_SECONDS,
    max_connections=8,
    max_concurrent_calls=8,
    max_waiting=100,
    batch_limit=100,
    retries=0,
    breaker_failures=3,
    breaker_seconds=60,
    snapshot_entries=10_000,
)
"""No retries, so that a test sees every failure; the circuit opens after three."""
