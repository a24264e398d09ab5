"""What is shown of an e-mail address to who need not know it."""


def masked_email(address: str) -> str:
    """The first letter and the domain: `t***@example.jp`."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}***{at}{domain}"
