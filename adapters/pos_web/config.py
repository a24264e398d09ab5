"""What the adapter must be told about one POS."""

from dataclasses import dataclass, field

from adapters.upstream import Policy

MAX_KEYS_PER_CALL = 100


@dataclass(frozen=True, slots=True)
class PosWebConfig:
    """Where the POS is, and who asks: terminal id (端末) and key. `policy.batch_limit` is at most 100."""

    url: str
    terminal: str
    key: str = field(repr=False)
    policy: Policy

    def __post_init__(self) -> None:
        if self.policy.batch_limit > MAX_KEYS_PER_CALL:
            raise ValueError(
                f"batch_limit is {self.policy.batch_limit}: the POS takes at most {MAX_KEYS_PER_CALL} members a call"
            )
