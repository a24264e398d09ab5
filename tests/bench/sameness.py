"""Before anything is measured: all servers give the same data."""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import orjson

from tests.bench.workloads import SCREENS, People, Workload

LOOKS = 12
"""So many people's screens are compared."""


class Different(Exception):
    """A server's answers are not those of the gateway, so that a comparison would mean nothing."""


async def answers_of(port: int, people: People, workload: Workload) -> list[bytes]:
    """The first people's answers."""
    requests = people.requests(workload)[:LOOKS]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
        return [(await _answer(client, request)).content for request in requests]


async def _answer(client: httpx.AsyncClient, request: bytes) -> httpx.Response:
    head, _, body = request.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    response = await client.post("/graphql", content=body, headers=headers)
    if response.status_code != 200:
        raise Different(f"HTTP status {response.status_code}: {response.text[:1000]}")
    return response


async def check_same(ports: Mapping[str, int], people: People, like: str) -> dict[str, list[bytes]]:
    """Raises `Different` unless every server answers like that one; gives its answers by workload."""
    expected = {screen.name: await answers_of(ports[like], people, screen) for screen in SCREENS}
    for name, port in ports.items():
        for screen in SCREENS:
            given = await _given(name, port, people, screen)
            for one, other in zip(expected[screen.name], given, strict=True):
                _require_same(f"{name}, {screen.title}", orjson.loads(one), orjson.loads(other))
    return expected


async def _given(name: str, port: int, people: People, screen: Workload) -> list[bytes]:
    try:
        return await answers_of(port, people, screen)
    except Different as wrong:
        raise Different(f"{name}, {screen.title}: {wrong}") from wrong


def _require_same(where: str, expected: Any, given: Any) -> None:
    if given.get("errors") or expected.get("errors"):
        raise Different(f"{where}: errors {given.get('errors') or expected.get('errors')}")
    for difference in _differences("data", expected["data"], given["data"]):
        raise Different(f"{where}: {difference}")


def _differences(path: str, expected: Any, given: Any) -> Iterator[str]:
    if isinstance(expected, dict) and isinstance(given, dict) and expected.keys() == given.keys():
        for key, value in expected.items():
            yield from _differences(f"{path}.{key}", value, given[key])
    elif isinstance(expected, list) and isinstance(given, list) and len(expected) == len(given):
        for place, value in enumerate(expected):
            yield from _differences(f"{path}.{place}", value, given[place])
    elif expected != given:
        yield f"{path} is {str(given)[:200]!r}, not {str(expected)[:200]!r}"


def leaves_in(answer: Any) -> int:
    """How many leaves an answer's data has; null counts as one."""
    match answer:
        case dict():
            return sum(map(leaves_in, answer.values()))
        case list():
            return sum(map(leaves_in, answer))
        case _:
            return 1
