"""Addresses as their owners recognise them and others do not."""


def masked_email(address: str) -> str:
    """`h***@example.jp` for `hirosaki@example.jp`."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}"
