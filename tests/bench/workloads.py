"""What is asked: screens of the portals, by many people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from adapters.records import MemberNumber
from gateway.paging import write_cursor

OPERATIONS = Path(__file__).parent / "operations"


@dataclass(frozen=True, slots=True, eq=False)
class Workload:
    """One operation, by its file. `rate` is how many a second leave where they leave at a fixed rate."""

    name: str
    title: str
    rate: float
    variables: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_screen(self) -> bool:
        """Whether it shows what legacy systems know."""
        return self in SCREENS

    @property
    def operation_name(self) -> str:
        """As the document has it."""
        return "".join(part.capitalize() for part in self.name.split("_"))

    @property
    def query(self) -> str:
        """The document."""
        return (OPERATIONS / f"{self.name}.graphql").read_text(encoding="utf-8")

    def request(self, token: str | None, **variables: Any) -> bytes:
        """A whole HTTP request."""
        body = orjson.dumps({"query": self.query, "variables": {**self.variables, **variables}})
        authorization = "" if token is None else f"authorization: Bearer {token}\r\n"
        head = (
            f"POST /graphql HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n"
            f"accept: application/json\r\n{authorization}content-length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


HOME = Workload("home", "home screen", 300)
STAFF_LIST = Workload("staff_list", "staff list of 50", 100, {"first": 50, "after": None})
HISTORY = Workload("history", "history page", 300, {"kind": "FOOD", "first": 20})
SIGN_IN = Workload("sign_in", "sign-in", 20)
SCREENS = (HOME, STAFF_LIST, HISTORY)
WORKLOADS: Mapping[str, Workload] = {each.name: each for each in (*SCREENS, SIGN_IN)}


@dataclass(frozen=True, slots=True)
class People:
    """Who asks: session tokens of members and staff, login IDs, and where pages of the staff list begin."""

    coop: str
    members: Sequence[str]
    staff: Sequence[str]
    pages: Sequence[MemberNumber]
    logins: Sequence[str]
    password: str

    def requests(self, workload: Workload) -> list[bytes]:
        """Everybody's request, once."""
        if workload is STAFF_LIST:
            return [
                workload.request(token, after=write_cursor(number))
                for token in self.staff
                for number in self.pages
            ]
        if workload is SIGN_IN:
            return [
                workload.request(None, coop=self.coop, identifier=login, password=self.password)
                for login in self.logins
            ]
        return [workload.request(token) for token in self.members]
