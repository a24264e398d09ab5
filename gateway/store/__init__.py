"""The gateway's own state in PostgreSQL: accounts, sessions, the access log, requests, the outbox."""

from gateway.store.accounts import AlreadyRegistered, LoginIdTaken
from gateway.store.store import CoopStore, Store

__all__ = ["AlreadyRegistered", "CoopStore", "LoginIdTaken", "Store"]
