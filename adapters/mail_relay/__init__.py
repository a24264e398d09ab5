"""The co-op's notice and mail system over HTTP: JSON, status and code inside a 200, lists that may be cut short."""

from adapters.mail_relay.config import MailRelayConfig
from adapters.mail_relay.relay import MailRelay

__all__ = ["MailRelayConfig", "connect"]


def connect(name: str, config: MailRelayConfig) -> MailRelay:
    """The system called `name` (such as "hirosaki/notices"), for notices and mail. Connects with the first question."""
    return MailRelay(name, config)
