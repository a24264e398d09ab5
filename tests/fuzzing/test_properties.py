"""What is looked for in answers is found there."""

from typing import Any

import httpx
import pytest

from tests.fuzzing.people import Told
from tests.fuzzing.properties import faults_of

LONGEST = 5.0
BAD_INPUT = {"message": "IDの形式が正しくありません。", "path": ["node"], "extensions": {"code": "BAD_INPUT"}}


def told(content: Any, status: int = 200, seconds: float = 0.1) -> Told:
    """An answer; `content` is JSON, or bytes as they are."""
    kind = {"content-type": "application/json; charset=utf-8"}
    if isinstance(content, bytes):
        return Told(httpx.Response(status, content=content, headers=kind), seconds)
    return Told(httpx.Response(status, json=content, headers=kind), seconds)


@pytest.mark.parametrize("answer", [{"data": {"coops": []}}, {"data": None, "errors": [BAD_INPUT]}])
def test_an_answer_as_it_should_be_has_no_faults(answer: Any) -> None:
    assert list(faults_of(told(answer), LONGEST)) == []


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (told({"data": {}}, status=500), "status 500"),
        (told({"data": {}}, seconds=6), "slower than the deadline"),
        (told({"data": {"a": "sqlalchemy.exc.DBAPIError"}}), "leaks `sqlalchemy`"),
        (told({"data": {"a": 'File "/usr/lib/python3.11/json'}}), "leaks `/usr/`"),
        (told({"data": {"a": "select name\nfrom members"}}), "leaks `select name\nfrom`"),
        (told({"data": {"a": "<KUMIAIIN>"}}), "leaks `KUMIAIIN`"),
        (told(b"{"), "no JSON"),
        (told(b'{"data": {"a": NaN}}'), "no JSON: NaN is no JSON"),
        (told([]), "not the form of an answer"),
        (told({"data": None}), "neither data nor errors"),
        (told({"data": {}, "errors": []}), "an empty list of errors"),
        (told({"errors": [{**BAD_INPUT, "extensions": {"code": "INTERNAL"}}]}), "internal error at node"),
        (told({"errors": [{**BAD_INPUT, "extensions": {"code": "?"}}]}), "unknown code ?"),
        (told({"errors": [{**BAD_INPUT, "message": ""}]}), "an error without a message"),
    ],
)
def test_each_fault_is_found(answer: Told, fault: str) -> None:
    (found,) = faults_of(answer, LONGEST)

    assert found.startswith(fault)
