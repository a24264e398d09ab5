"""What the demo says once everything is running."""

from gateway.demo.accounts import demo_accounts
from gateway.demo.supervisor import Addresses
from gateway.demo.terminal import say, table


def show(addresses: Addresses) -> None:
    """Where everything is, and whom one can be."""
    places = [
        ("GraphiQL", f"{addresses.gateway}/graphiql"),
        ("GraphQL", f"{addresses.gateway}/graphql"),
        ("Mail that was sent", f"{addresses.postbox}/"),
    ]
    _paragraph("Everything is running.", table(places))
    _paragraph("Sign in as:", table(_account_rows()))
    _paragraph(
        "Staff are asked for a code: GraphiQL gives it for them; an authenticator app needs the secret.",
        table(_secret_rows()),
    )
    _paragraph(
        "Simulated systems, for faults and call counts (docs/wire/pos.md):", table(_controls(addresses))
    )
    say("\nCtrl-C ends everything.")


def _account_rows() -> list[tuple[str, ...]]:
    rows = [
        (account.coop, account.identifier, account.password, account.label) for account in demo_accounts()
    ]
    return [("co-op", "login ID / e-mail", "password", "who"), *rows]


def _secret_rows() -> list[tuple[str, ...]]:
    rows = [(account.identifier, account.totp_secret) for account in demo_accounts() if account.totp_secret]
    return [("login ID / e-mail", "TOTP secret"), *rows]


def _controls(addresses: Addresses) -> list[tuple[str, str]]:
    return list(addresses.controls.items())


def _paragraph(title: str, lines: list[str]) -> None:
    say(f"\n{title}")
    for line in lines:
        say(f"  {line}")
