"""The screens that legacy systems can fail behind, and which of their fields each system is answerable for."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

import gateway.http.graphiql
from tests.api.asking import Answer, Api

EXAMPLES = Path(gateway.http.graphiql.__file__).parent / "examples"

REGISTRY = "REGISTRY"
POS = "POS"
NOTICES = "NOTICES"
MAILER = "MAILER"


@dataclass(frozen=True)
class Screen:
    """One operation of the examples, who asks it, and the paths that are null while a system is out.

    A `*` in a path stands for every element of a list.
    """

    coop: str
    identifier: str
    example: str
    fields_of: Mapping[str, Sequence[str]]
    variables: Mapping[str, Any] = field(default_factory=dict)

    async def for_whom_it_is(self, nobody: Api) -> Api:
        """The endpoint for whoever looks at this screen."""
        return await nobody.signed_in(self.coop, self.identifier)

    async def response_to(self, person: Api) -> httpx.Response:
        """What comes back, as it comes."""
        query = (EXAMPLES / self.example).read_text(encoding="utf-8")
        return await person.post(query, **self.variables)

    async def seen_by(self, person: Api) -> Answer:
        """What comes back, to be looked into."""
        return answer_in(await self.response_to(person))

    def paths_of(self, system: str, data: Any) -> list[str]:
        """The paths of this answer that are null while the system is out."""
        return [path for pattern in self.fields_of.get(system, ()) for path in matching(data, pattern)]


HIROSAKI_HOME = Screen(
    "hirosaki",
    "hirosaki-taro",
    "1-hirosaki-home.graphql",
    {
        REGISTRY: ("viewer.member.status", "viewer.member.profile", "viewer.member.pico.usableUntil"),
        POS: ("viewer.member.pico", "viewer.member.mealCard"),
        NOTICES: ("viewer.member.notices",),
    },
)
HOKKAIDO_HOME = Screen(
    "hokkaido",
    "sapporo@example.jp",
    "2-hokkaido-home.graphql",
    {
        REGISTRY: (
            "viewer.member.status",
            "viewer.member.kind",
            "viewer.member.profile",
            "viewer.member.shareCapital",
            "viewer.member.statements",
            "viewer.member.digitalCard",
        ),
        NOTICES: ("viewer.member.notices",),
    },
)
STAFF_LIST = Screen(
    "hirosaki",
    "staff-hirosaki",
    "5-staff-members.graphql",
    {REGISTRY: ("members",), POS: ("members.edges.*.node.pico",)},
    {"first": 100},
)
SCREENS = {"hirosaki home": HIROSAKI_HOME, "hokkaido home": HOKKAIDO_HOME, "staff list": STAFF_LIST}


def answer_in(response: httpx.Response) -> Answer:
    """The parts of a response."""
    told = response.json()
    return Answer(told.get("data"), told.get("errors", []), told.get("extensions", {}))


def matching(data: Any, pattern: str) -> Iterator[str]:
    """The paths of an answer that a pattern stands for."""
    step, _, rest = pattern.partition(".")
    keys = list(range(len(data))) if step == "*" else [step]
    for key in keys:
        if rest:
            yield from (f"{key}.{path}" for path in matching(data[key], rest))
        else:
            yield str(key)


def with_value(data: Any, paths: Sequence[str], value: object) -> Any:
    """The same answer with this value at these paths, and nothing else touched."""
    changed = copy.deepcopy(data)
    for path in paths:
        *way, last = (int(step) if step.isdecimal() else step for step in path.split("."))
        place = changed
        for step in way:
            place = place[step]
        place[last] = value
    return changed


def without(data: Any, paths: Sequence[str]) -> Any:
    """The same answer with null at these paths, and nothing else touched."""
    return with_value(data, paths, None)
