"""Making trouble, and what must never be seen of it."""

import json
from contextlib import AbstractAsyncContextManager
from urllib.parse import urlsplit

import httpx

from tests.faults.screens import NOTICES, POS, REGISTRY
from tests.running import LegacySystem, LegacySystems

MESSAGES = {
    REGISTRY: "ご登録情報を、ただいま表示できません。時間をおいて、もう一度お試しください。",
    POS: "電子マネー・ご利用履歴・ミールカードの情報を、ただいま表示できません。時間をおいて、もう一度お試しください。",
    NOTICES: "お知らせを、ただいま表示できません。時間をおいて、もう一度お試しください。",
}
"""What a member reads in place of what the system would have said."""

WORDS_OF_LEGACY_SYSTEMS = (
    "127.0.0.1", "localhost", "://", "select", "from ", "sql", "jdbc", "ora-", "java", "postgres", "asyncpg",
    "aiohttp", "exception", "traceback", "errno", "connection", "refused", "http status", "klas", "/api/",
    "kekka", "zandaka", "kumiaiin", "seikyu",
)  # fmt: skip
"""Where they are, what they are asked, what they and our libraries say when they fail; compared in lower case."""


def simulator(systems: LegacySystems, coop: str, system: str) -> LegacySystem:
    """The running simulator behind a system of a co-op."""
    own = systems.hirosaki if coop == "hirosaki" else systems.hokkaido
    match system:
        case "REGISTRY":
            return own.registry
        case "POS":
            return own.pos
        case _:
            return own.mailer


def trouble(system: LegacySystem, kind: str) -> AbstractAsyncContextManager[None]:
    """`stopped`, or a fault of docs/wire/pos.md, for as long as the block lasts."""
    return system.stopped() if kind == "stopped" else system.fault(kind)


def assert_nothing_leaks(response: httpx.Response, systems: LegacySystems) -> None:
    """No address, statement or text of a legacy system stands anywhere in the answer."""
    body = response.text.lower()
    assert [word for word in WORDS_OF_LEGACY_SYSTEMS if word in body] == []
    told = response.json()
    beside_the_data = json.dumps([told.get("errors"), told.get("extensions")])
    ports = [str(urlsplit(system.url).port) for system in (*systems.hirosaki.all(), *systems.hokkaido.all())]
    assert [port for port in ports if port in beside_the_data] == []
