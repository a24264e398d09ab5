"""What the adapter must be told about one SMTP server."""

from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit

from adapters.upstream import Policy


class Security(Enum):
    """How the connection is protected, by the scheme of its address."""

    NONE = "smtp"
    STARTTLS = "smtp+starttls"
    TLS = "smtps"


DEFAULT_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True, slots=True)
class MailSmtpConfig:
    """Where the server is (`smtp://`, `smtp+starttls://` or `smtps://`, host, port) and who sends.

    Every mail has a connection of its own: `policy.max_concurrent_calls` bounds them.
    """

    url: str
    policy: Policy
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        in_clear = self.security is Security.NONE
        if not self.host or self.port == 0:
            raise ValueError(f"{self.url} names no server: write it like smtps://mail.example.jp:465")
        if (self.username is None) != (self.password is None):
            raise ValueError("a user name and a password are given together or not at all")
        if self.username is not None and in_clear:
            raise ValueError(f"{self.url} would send the password in clear: use smtps:// or smtp+starttls://")

    @property
    def security(self) -> Security:
        """How the connection is protected. Raises `ValueError` for an unknown scheme."""
        scheme = urlsplit(self.url).scheme
        try:
            return Security(scheme)
        except ValueError:
            known = ", ".join(f"{security.value}://" for security in Security)
            raise ValueError(f"{self.url}: {scheme}:// is none of {known}") from None

    @property
    def host(self) -> str:
        """The server's name, blank when the address lacks it."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """The server's port, or what is usual."""
        return urlsplit(self.url).port or DEFAULT_PORTS[self.security]
