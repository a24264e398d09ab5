"""Members who have no account in the demo, signed in, and the gateway on other days."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime

from pydantic import SecretStr

from gateway.settings import Settings
from gateway.store import Store
from tests.api.asking import Api
from tests.api.opening import open_member
from tests.api.own_gateway import running_gateway
from tests.running import SIGNING_KEY


async def sign_in_as(api: Api, store: Store, coop: str, number: str) -> Api:
    """The endpoint for a member, whose account is opened first; registered just now."""
    login_id = f"member-{number}@example.jp"
    await open_member(store, coop, login_id, number)
    return await api.signed_in(coop, login_id)


def gateway_on(database: str, now: datetime) -> AbstractAsyncContextManager[Api]:
    """The gateway at another time, for nobody yet; the systems behind it stay where they are."""
    return running_gateway(
        Settings(database_url=SecretStr(database), signing_key=SecretStr(SIGNING_KEY)), lambda: now
    )
