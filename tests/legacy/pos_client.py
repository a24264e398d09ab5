"""A terminal of the POS back office that looks at bytes: nothing here is shared with the product's adapter."""

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx

from tests.legacy.programs import running

TERMINAL = {"X-KLAS-Tanmatsu": "TEST-01", "X-KLAS-Kagi": "key"}
_IDS = count(1)


def member(index: int) -> str:
    """The number of Hirosaki's member with this index."""
    return f"2101{index:08d}"


def asked(numbers: Iterable[str], **fields: object) -> str:
    """KUMIAIIN elements that ask the same about each."""
    extra = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return "".join(f"<KUMIAIIN><NO>{number}</NO>{extra}</KUMIAIIN>" for number in numbers)


def denbun(shori: str, body: str, request_id: str) -> bytes:
    """A request."""
    head = f"<HEAD><SHORI>{shori}</SHORI><YOKYU_ID>{request_id}</YOKYU_ID></HEAD>"
    declaration = '<?xml version="1.0" encoding="Shift_JIS"?>'
    return f"{declaration}<DENBUN>{head}<BODY>{body}</BODY></DENBUN>".encode("cp932")


def elements(name: str, content: bytes) -> list[bytes]:
    """What stands in each element of this name."""
    tag = name.encode()
    return re.findall(b"<" + tag + b">(.*?)</" + tag + b">", content, re.DOTALL)


def value(name: str, content: bytes) -> str:
    """The text of the first element of this name."""
    return elements(name, content)[0].decode("cp932")


def number(name: str, content: bytes) -> int:
    """The figure in the first element of this name."""
    digits = value(name, content)
    assert re.fullmatch(r"\d{9}-?", digits), digits
    return -int(digits[:-1]) if digits.endswith("-") else int(digits)


def result(answer: bytes) -> str:
    """KEKKA of the HEAD."""
    return value("KEKKA", elements("HEAD", answer)[0])


def records(answer: bytes) -> dict[str, bytes]:
    """MEISAI by member number."""
    return {value("NO", each): each for each in elements("MEISAI", answer)}


@dataclass(frozen=True, slots=True)
class Pos:
    """A running back office."""

    http: httpx.AsyncClient

    async def inquire(self, shori: str, body: str, request_id: str | None = None) -> bytes:
        """The raw answer to an inquiry."""
        return await self._post("/klas/shokai", denbun(shori, body, request_id or f"inquiry-{next(_IDS)}"))

    async def record(self, shori: str, index: int, **fields: object) -> bytes:
        """The one MEISAI about one member."""
        answer = await self.inquire(shori, asked([member(index)], **fields))
        return records(answer)[member(index)]

    async def instruct(self, shori: str, request_id: str | None = None, **fields: object) -> bytes:
        """The raw answer to an instruction."""
        body = "".join(f"<{name}>{content}</{name}>" for name, content in fields.items())
        return await self._post("/klas/shiji", denbun(shori, body, request_id or f"order-{next(_IDS)}"))

    async def play(self, fault: str, **options: Any) -> None:
        """Something goes wrong from now on."""
        (await self.http.put("/_faults", json={"fault": fault, **options})).raise_for_status()

    async def calls(self) -> dict[str, int]:
        """Requests by SHORI since they were last forgotten."""
        counted: dict[str, int] = (await self.http.get("/_calls")).json()
        return counted

    async def _post(self, path: str, body: bytes) -> bytes:
        answer = await self.http.post(path, content=body)
        assert answer.status_code == 200
        return answer.content


@asynccontextmanager
async def running_pos(*arguments: str, **options: Any) -> AsyncIterator[Pos]:
    """Hirosaki's back office with 200 members, unless told otherwise."""
    command = ("--coop", "hirosaki", "--members", "200", *arguments)
    async with running("legacy.pos", *command, **options) as announced:
        url = f"http://127.0.0.1:{announced['port']}"
        async with httpx.AsyncClient(base_url=url, headers=TERMINAL, trust_env=False, timeout=30) as http:
            yield Pos(http)
