"""Opening an account that is registered at once: for staff, the demo, and at the end of a registration."""

from gateway.accounts.passwords import Passwords
from gateway.store import CoopStore
from gateway.store.records import Account, NewAccount


async def open_account(store: CoopStore, passwords: Passwords, new: NewAccount, password: str) -> Account:
    """Opens it. Raises `LoginIdTaken` or `AlreadyRegistered`. The caller has judged the password."""
    return await store.accounts.add(new, await passwords.hash(password))
