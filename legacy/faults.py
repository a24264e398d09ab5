"""Faults on demand, and a count of the requests: the same control routes for every simulated system."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong: in calls of the names in `only` (None: all), `times` times (None: until cleared)."""

    kind: str
    seconds: float = 0.0
    only: frozenset[str] | None = None
    times: int | None = None

    def befalls(self, name: str) -> bool:
        """Whether a call of this name is meant."""
        return self.only is None or name in self.only

    def as_json(self) -> dict[str, object]:
        """As `PUT /_faults` takes it."""
        shown: dict[str, object] = {"fault": self.kind, "seconds": self.seconds}
        if self.only is not None:
            shown["only"] = sorted(self.only)
        if self.times is not None:
            shown["times"] = self.times
        return shown


class Faults:
    """The fault a system plays now, and how often it was called under which name since the start."""

    def __init__(self, kinds: Collection[str], on_change: Callable[[], None] = lambda: None) -> None:
        self.calls: Counter[str] = Counter()
        self.current: Fault | None = None
        self._kinds = frozenset(kinds)
        self._on_change = on_change

    def take(self, name: str) -> Fault | None:
        """Counts a call of this name and gives the fault that befalls it."""
        self.calls[name] += 1
        fault = self.current
        if fault is None or not fault.befalls(name):
            return None
        if fault.times is not None:
            self.current = replace(fault, times=fault.times - 1) if fault.times > 1 else None
        return fault

    def play(self, fault: Fault | None) -> None:
        """From now on this goes wrong, or nothing does."""
        self.current = fault
        self._on_change()

    def routes(self) -> list[web.RouteDef]:
        """`/_faults` and `/_calls` as docs/wire/pos.md has them."""
        return [
            web.get("/_faults", self._show),
            web.put("/_faults", self._set),
            web.delete("/_faults", self._clear),
            web.get("/_calls", self._count),
            web.delete("/_calls", self._forget),
        ]

    async def _show(self, _: web.Request) -> web.Response:
        return web.json_response(self._shown())

    async def _set(self, request: web.Request) -> web.Response:
        try:
            fault = self._parse(await request.json())
        except ValueError as error:
            raise web.HTTPBadRequest(text=f"{error}\n") from error
        self.play(fault)
        return web.json_response(self._shown())

    async def _clear(self, _: web.Request) -> web.Response:
        self.play(None)
        return web.json_response(self._shown())

    async def _count(self, _: web.Request) -> web.Response:
        return web.json_response(dict(self.calls))

    async def _forget(self, _: web.Request) -> web.Response:
        self.calls.clear()
        return web.json_response({})

    def _shown(self) -> dict[str, object]:
        return {} if self.current is None else self.current.as_json()

    def _parse(self, wanted: Any) -> Fault:
        match wanted:
            case {"fault": str(kind), **options} if kind in self._kinds:
                return Fault(kind, **_options(options))
        raise ValueError(f'write {{"fault": one of {", ".join(sorted(self._kinds))}}}')


def _options(given: dict[Any, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, value in given.items():
        match name, value:
            case "seconds", int() | float() if value >= 0:
                read[name] = float(value)
            case "only", [*names] if all(isinstance(each, str) for each in names):
                read[name] = frozenset(names)
            case "times", int() if value > 0:
                read[name] = value
            case _:
                raise ValueError(f"{name}: {value!r} is no option: seconds >= 0, only [names], times > 0")
    return read
