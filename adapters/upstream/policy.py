"""How much one legacy system may be asked, and how long it is waited for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """The limits of one system of one co-op, from its TOML (`[systems.X.limits]`)."""

    timeout_seconds: float
    """For one call. Keep it below the gateway's deadline for a request: a call that its caller cuts short
    says nothing about the system, so only calls that last this long open the circuit."""
    max_connections: int
    max_concurrent_calls: int
    max_waiting: int
    """Calls in line behind those under way; one more is refused."""
    batch_limit: int
    """Keys in one call."""
    retries: int
    """Further attempts of a read that failed quickly."""
    breaker_failures: int
    """Failed calls in a row that open the circuit."""
    breaker_seconds: float
    """How long it stays open before one call finds out whether the system is back."""
    snapshot_entries: int
    """Last known records kept for each batch endpoint."""
    max_batch_calls: int = 1
    """Calls of one batch endpoint under way at once; keys that arrive meanwhile leave in the next."""
    gather_seconds: float = 0.0
    """Where several have asked at once, how long after one departure of a batch endpoint the next may leave. Unless 0,
    it also waits until the calls of the one before have ended: only full calls of one departure go at once."""
    snapshot_seconds: float = 86_400.0
    """How long a last known record may be served."""
    fresh_seconds: float = 0.0
    """How long an answer may be given again without asking, by the reads that allow it; 0 for never."""
