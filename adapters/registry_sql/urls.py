"""From the URL an operator writes to what a driver needs, read-only where the engine lets a client say so."""

from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

DRIVERS: Final = {
    "mariadb": "asyncmy",
    "mssql": "aioodbc",
    "mysql": "asyncmy",
    "oracle": "oracledb",
    "postgresql": "asyncpg",
    "sqlite": "aiosqlite",
}
"""The driver for a URL that names none: one that needs no threads."""


class UnusableUrl(ValueError):
    """A database URL no connection can be made from.

    The message says how to put it right, and not the password.
    """


def read_url(text: str) -> URL:
    """The URL with its driver, and with SQLite's file opened read-only. Raises `UnusableUrl`."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise UnusableUrl("not a URL: write it like postgresql://user:password@host:5432/database") from error
    if "+" not in url.drivername and url.drivername in DRIVERS:
        url = url.set(drivername=f"{url.drivername}+{DRIVERS[url.drivername]}")
    match url.drivername:
        case "postgresql+asyncpg":
            return _with_asyncpg_words(url)
        case "sqlite+aiosqlite" | "sqlite+pysqlite":
            return _with_a_file(url)
        case _:
            return url


def connect_arguments(url: URL, timeout_seconds: float) -> dict[str, Any]:
    """What PostgreSQL is told as a connection starts, at no extra round trip: only reads, none longer than we wait."""
    if url.drivername != "postgresql+asyncpg":
        return {}
    return {
        "server_settings": {
            "application_name": "coop-gateway",
            "default_transaction_read_only": "on",
            "statement_timeout": str(round(timeout_seconds * 1000)),
            "plan_cache_mode": "force_custom_plan",  # one plan for all values has no index for the beginning of a name
        }
    }


def _with_asyncpg_words(url: URL) -> URL:
    """`sslmode`, as every other PostgreSQL client says it, is `ssl` to asyncpg."""
    if "sslmode" not in url.query:
        return url
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": url.query["sslmode"]})


def _with_a_file(url: URL) -> URL:
    """Read-only, and an error instead of a new empty database where there is no such file."""
    if not url.database or url.database == ":memory:":
        raise UnusableUrl("an SQLite URL names a file: sqlite:////var/lib/registry.db")
    if url.database.startswith("file:"):
        return url
    return url.set(database=f"file:{quote(url.database)}").update_query_dict({"mode": "ro", "uri": "true"})
