"""Mail over plain SMTP, for co-ops whose notice system sends none."""

from adapters.japan_time import Clock, system_clock
from adapters.mail_smtp.config import MailSmtpConfig
from adapters.mail_smtp.smtp import MailSmtp

__all__ = ["MailSmtpConfig", "connect"]


def connect(name: str, config: MailSmtpConfig, clock: Clock = system_clock) -> MailSmtp:
    """The server called `name` (such as "hirosaki/mailer"). Connects for every mail; the clock dates them."""
    return MailSmtp(name, config, clock)
