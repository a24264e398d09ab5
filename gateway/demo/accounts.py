"""The accounts of the demo (`accounts.toml`). How they come into the gateway's store: `gateway.demo.seeding`."""

import json
import tomllib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from adapters.records import MemberNumber
from gateway.viewer import AccountKind, StaffRole

_FILE = Path(__file__).with_name("accounts.toml")


class DemoAccount(BaseModel):
    """Somebody who can sign in to the demo: `identifier` is a login ID, or where the co-op says so an e-mail
    address. `registered_at` None means this month."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)

    coop: str
    kind: AccountKind
    identifier: str
    password: str
    member_number: MemberNumber | None = None
    registered_at: datetime | None = None
    email: str | None = None
    name: str | None = None
    roles: tuple[StaffRole, ...] = ()
    has_digital_card: bool = False
    totp_secret: str | None = None
    """Of the authenticator app that staff sign in with (E26): Base32."""
    label: str

    def registered_by(self, now: datetime) -> datetime:
        """When the account was registered, seen from today."""
        return self.registered_at or now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def demo_accounts() -> Sequence[DemoAccount]:
    """All of them, as the file lists them."""
    written = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return [DemoAccount(password=written["password"], **account) for account in written["accounts"]]


def as_json(accounts: Sequence[DemoAccount]) -> str:
    """The accounts for other programs: GraphiQL offers them (`gateway.http.graphiql`)."""
    shown = [account.model_dump(mode="json", by_alias=True, exclude_defaults=True) for account in accounts]
    return json.dumps(shown, ensure_ascii=False, indent=2)
