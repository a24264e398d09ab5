"""What must hold of every answer, whatever was asked."""

import json
import re
from collections.abc import Iterator
from typing import Any

from gateway.errors import ErrorCode
from tests.fuzzing.people import Told

STATUSES = {200, 413}
"""In plain JSON whatever can be read is a 200; 413 is for what is longer than a body may be."""
LEAKS = re.compile(
    r"traceback|\.py\b|site-packages|/usr/|/home/|/tmp/|asyncpg|sqlalchemy|aiohttp|lxml|graphql[-_.]core"
    r"|\bselect\b.+\bfrom\b|insert into|jdbc|ora-\d|errno|kumiaiin|zandaka|kekka|denbun|yokyu_id|\bshori\b"
    r"|object at 0x|exception|127\.0\.0\.1|localhost",
    re.IGNORECASE | re.DOTALL,
)
"""Words of programs, of databases and of the legacy systems."""
CODES = {code.value for code in ErrorCode}


def faults_of(told: Told, at_most_seconds: float) -> Iterator[str]:
    """Everything that is wrong with an answer."""
    response = told.response
    if response.status_code not in STATUSES:
        yield f"status {response.status_code}"
    if response.headers.get("content-type") != "application/json; charset=utf-8":
        yield f"content type {response.headers.get('content-type')}"
    if told.seconds > at_most_seconds:
        yield "slower than the deadline"
    leak = LEAKS.search(response.text.replace("\\n", "\n"))
    if leak is not None:
        yield f"leaks `{leak[0]}`"
    try:
        answer = json.loads(response.content.decode(), parse_constant=_refuse_constant)
    except ValueError as error:
        yield f"no JSON: {error}"
    else:
        yield from _faults_in(answer)


def _faults_in(answer: Any) -> Iterator[str]:
    if not isinstance(answer, dict) or not answer or not answer.keys() <= {"data", "errors", "extensions"}:
        yield "not the form of an answer"
        return
    errors = answer.get("errors")
    if errors is None and answer.get("data") is None:
        yield "neither data nor errors"
    if errors is not None and not errors:
        yield "an empty list of errors"
    for error in errors or ():
        yield from _faults_of_error(error)


def _faults_of_error(error: Any) -> Iterator[str]:
    code = error.get("extensions", {}).get("code")
    if code == ErrorCode.INTERNAL.value:
        yield "internal error at " + ".".join(
            str(part) for part in error.get("path") or () if isinstance(part, str)
        )
    if code not in CODES:
        yield f"unknown code {code}"
    if not isinstance(error.get("message"), str) or not error["message"]:
        yield "an error without a message"


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
