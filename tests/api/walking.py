"""A connection walked page by page, as a frontend walks it."""

import base64
import json
from functools import reduce
from typing import Any

from tests.api.asking import Answer, Api

FORGED = (
    "",
    "あ",
    "no cursor",
    "WzFd",
    "eyJhIjogMX0",
    "WyJcdTAwMDAiXQ",
)
"""What nobody's cursor is: empty, not ASCII, not base64, a number, an object, a NUL."""


def cursor(*parts: object) -> str:
    """A cursor somebody made up who has seen how ours are written."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def at(data: Any, path: str) -> Any:
    """What stands at a path such as `viewer.member.pico`."""
    return reduce(lambda here, name: here[name], path.split("."), data)


async def walked(api: Api, query: str, path: str, size: int, **variables: Any) -> list[dict[str, Any]]:
    """All nodes of the connection at `path`, `size` at a time. The query takes `$first` and `$after`."""
    nodes: list[dict[str, Any]] = []
    after = None
    while True:
        page = at(await api.data(query, first=size, after=after, **variables), path)
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        assert len(page["edges"]) == size or not page["pageInfo"]["hasNextPage"]
        nodes += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return nodes
        after = page["pageInfo"]["endCursor"]
        assert after == page["edges"][-1]["cursor"]


async def same_in_pages_of(sizes: list[int], api: Api, query: str, path: str, **variables: Any) -> int:
    """Walks in pages of 100 and of these sizes, which must give the same nodes; how many there are."""
    nodes = await walked(api, query, path, 100, **variables)
    assert len({json.dumps(node) for node in nodes}) == len(nodes), "something twice"
    for size in sizes:
        assert await walked(api, query, path, size, **variables) == nodes
    return len(nodes)


def refused(answer: Answer, argument: str) -> bool:
    """Whether the one thing wrong is that argument."""
    return [error["extensions"] for error in answer.errors] == [{"code": "BAD_INPUT", "argument": argument}]


async def refuses_wrong_pages(api: Api, query: str, *forged: str, **variables: Any) -> None:
    """Cursors and page sizes that cannot be used are `BAD_INPUT` naming the argument, whatever they are."""
    for size in (0, -1, 101, 2**31 - 1):
        assert refused(await api.ask(query, first=size, after=None, **variables), "first"), size
    for after in (*FORGED, *forged):
        assert refused(await api.ask(query, first=5, after=after, **variables), "after"), after


PAGE = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
