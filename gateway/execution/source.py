"""Generated source: functions made of lines, each of which stands for a place in the answer.

Nothing a client wrote reaches the text but names that GraphQL's grammar and `checked_name` allow; every other value is
bound to a global by reference.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from gateway.execution.positions import Position
from gateway.execution.refusal import NotCompiled

INDENT = " "
DEEPEST = 12
"""Nested blocks after which a part becomes a function of its own: CPython allows twenty."""

_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]*", re.ASCII)


def checked_name(name: str) -> str:
    """The name, which is a GraphQL name; anything else is refused."""
    if _NAME.fullmatch(name) is None:
        raise NotCompiled("a name that is not a GraphQL name")
    return name


def quoted(name: str) -> str:
    """A checked name as a string of the source."""
    return f"'{checked_name(name)}'"


class Source:
    """All functions of one compiled operation, and the globals they use."""

    def __init__(self, longest: int) -> None:
        self.namespace: dict[str, Any] = {}
        self._functions: list[Function] = []
        self._numbers = count()
        self._names: dict[int, str] = {}
        self._left = longest

    def name(self, prefix: str) -> str:
        """A name not used before."""
        return f"{prefix}{next(self._numbers)}"

    def bind(self, value: Any, prefix: str = "K") -> str:
        """The name of a global that refers to the value, the same each time."""
        known = self._names.get(id(value))
        if known is None:
            known = self._names[id(value)] = self.name(prefix)
            self.namespace[known] = value
        return known

    def function(self, heading: str, outer: "Function | None" = None) -> "Function":
        """A new function; `heading` is its `def`."""
        function = Function(self, heading, outer)
        self._functions.append(function)
        return function

    def took_line(self) -> None:
        """Counts a line; `NotCompiled` when there are too many."""
        self._left -= 1
        if self._left < 0:
            raise NotCompiled("too much source")

    def assembled(self) -> tuple[str, dict[int, Position]]:
        """The whole text, and which place each of its lines stands for."""
        texts: list[str] = []
        places: dict[int, Position] = {}
        for function in self._functions:
            here: Position | None = None
            for depth, text, place in function.all_lines():
                texts.append(INDENT * depth + text)
                here = place or here
                if here is not None:
                    places[len(texts)] = here
        return "\n".join(texts) + "\n", places


Line = tuple[int, str, Position | None]


class Function:
    """One generated function while it is written.

    An inner function is a part of another one, its `outer`, that would have been nested too deeply there. The buckets
    of deferred fields belong to the outermost one.
    """

    def __init__(self, source: Source, heading: str, outer: "Function | None" = None) -> None:
        self.heading = heading
        self.outer = outer
        self.buckets: list[str] = []
        self.depth = 1
        self.blocks = 0
        self._source = source
        self._lines: list[Line] = []

    def line(self, text: str, place: Position | None = None) -> None:
        """One statement."""
        self._source.took_line()
        self._lines.append((self.depth, text, place))

    @contextmanager
    def indented(self, text: str, place: Position | None = None) -> Iterator[None]:
        """An `if` or `else`, which do not count as blocks."""
        self.line(text, place)
        self.depth += 1
        yield
        self.depth -= 1

    @contextmanager
    def block(self, text: str, place: Position | None = None) -> Iterator[None]:
        """A `for` or `try`."""
        self.blocks += 1
        with self.indented(text, place):
            yield
        self.blocks -= 1

    @property
    def is_deep(self) -> bool:
        """Whether what follows should go into another function."""
        return self.blocks >= DEEPEST

    def bucket(self) -> str:
        """A new bucket, known here and in every function around this one."""
        name = self._source.name("b")
        function: Function | None = self
        while function is not None:
            function.buckets.append(name)
            function = function.outer
        return name

    def all_lines(self) -> Iterator[Line]:
        """Heading, the buckets if they are its own, body."""
        yield 0, self.heading, None
        if self.outer is None:
            yield from ((1, f"{name} = []", None) for name in self.buckets)
        yield from self._lines
