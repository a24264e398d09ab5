"""What the adapter must be told about one notice and mail system."""

from dataclasses import dataclass, field

from adapters.upstream import Policy

MAX_MEMBERS_PER_CALL = 100


@dataclass(frozen=True, slots=True)
class MailRelayConfig:
    """Where the system is, and the key it asks for. `policy.batch_limit` is at most 100."""

    url: str
    key: str = field(repr=False)
    policy: Policy

    def __post_init__(self) -> None:
        if self.policy.batch_limit > MAX_MEMBERS_PER_CALL:
            raise ValueError(
                f"batch_limit is {self.policy.batch_limit}:"
                f" the notice system takes at most {MAX_MEMBERS_PER_CALL} members a call"
            )
