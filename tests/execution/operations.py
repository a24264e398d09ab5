"""Valid operations over a world's schema, with fragments, conditions, arguments and variables."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLNamedType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    is_interface_type,
    is_object_type,
    is_union_type,
)

VARIABLES: dict[str, tuple[str, list[Any]]] = {
    "yes": ("Boolean!", [True, False]),
    "maybe": ("Boolean! = true", [True, False]),
    "count": ("Int", [1, 2, None]),
    "count0": ("Int = 4", [1]),
    "color": ("Color", ["RED", "GREEN", None]),
    "filter": ("Filter", [{"min": 1}, {"min": 2, "colors": ["GREEN"]}, None]),
    "ids": ("[ID!]", [["a", "b"], "c", []]),
}
"""Each variable's type, and the values it may be given."""

WRONG_VALUES = ["x", 1.5, None, {"min": "no"}, {"other": 1}, [None], 2**40]


@dataclass
class Operation:
    """A document with its variables."""

    text: str
    variables: dict[str, Any]


@dataclass
class OperationMaker:
    """Makes operations; `richness` bounds how many fields a selection set has."""

    schema: GraphQLSchema
    chance: Random
    richness: int = 4
    used: set[str] = field(default_factory=set)
    fragments: dict[str, str] = field(default_factory=dict)

    def operation(self) -> Operation:
        """A query or a mutation."""
        kind, root = self.chance.choice([
            ("query", self.schema.query_type),
            ("query", self.schema.query_type),
            ("mutation", self.schema.mutation_type),
        ])  # fmt: skip
        assert root is not None
        selections = self.selections(root, 4)
        names = sorted(self.used)
        definitions = ", ".join(f"${name}: {VARIABLES[name][0]}" for name in names)
        text = f"{kind} Op{f'({definitions})' if definitions else ''} {selections}"
        return Operation("\n".join([text, *self.fragments.values()]), self.values(names))

    def values(self, names: Iterable[str]) -> dict[str, Any]:
        """What a client sends: mostly right."""
        values: dict[str, Any] = {}
        for name in names:
            type_, proper = VARIABLES[name]
            if self.chance.random() < 0.02:
                values[name] = self.chance.choice(WRONG_VALUES)
            elif (type_.endswith("!") and "=" not in type_) or self.chance.random() < 0.7:
                values[name] = self.chance.choice(proper)
        return values

    def selections(self, type_: GraphQLNamedType, depth: int) -> str:
        """A selection set."""
        count = self.chance.randint(1, self.richness)
        return "{ " + " ".join(self.selection(type_, depth) for _ in range(count)) + " }"

    def selection(self, type_: GraphQLNamedType, depth: int) -> str:
        """A field or a fragment."""
        roll = self.chance.random()
        if roll < 0.08:
            return self.chance.choice(["__typename", "kind: __typename"]) + self.condition()
        if roll < 0.22 or is_union_type(type_):
            return self.fragment(type_, depth)
        return self.field(type_, depth)

    def field(self, type_: Any, depth: int) -> str:
        """A field that the type has; without depth left, a leaf."""
        names = [name for name, one in type_.fields.items() if depth or not self.is_deep(one.type)]
        name = self.chance.choice(names)
        found = type_.fields[name]
        arguments, alias = self.arguments(name) if found.args else ("", "")
        below = self.selections(get_named_type(found.type), depth - 1) if self.is_deep(found.type) else ""
        return f"{alias}{name}{arguments}{self.condition()} {below}"

    def is_deep(self, type_: Any) -> bool:
        """Whether it needs selections."""
        return is_composite_type(get_named_type(type_))

    def fragment(self, type_: Any, depth: int) -> str:
        """An inline fragment or a spread, on the type or one that overlaps."""
        target = self.chance.choice([type_, *self.overlapping(type_)])
        if self.chance.random() < 0.5 or not depth:
            condition = f"on {target.name}" if target is not type_ or self.chance.random() < 0.5 else ""
            inner = "{ __typename }" if not depth else self.selections(target, depth - 1)
            return f"... {condition} {self.condition()} {inner}"
        name = f"F{depth}{target.name}{self.chance.randrange(3)}"
        if name not in self.fragments:
            self.fragments[name] = ""
            self.fragments[name] = f"fragment {name} on {target.name} {self.selections(target, depth - 1)}"
        return f"...{name} {self.condition()}"

    def overlapping(self, type_: Any) -> list[Any]:
        """Types that an object of this type may also have."""
        if is_object_type(type_):
            return list(type_.interfaces)
        possible = list(self.schema.get_possible_types(type_))
        return possible + [one for one in possible[0].interfaces if is_interface_type(one)]

    def condition(self) -> str:
        """Rarely, `@skip` or `@include`."""
        if self.chance.random() > 0.12:
            return ""
        value = self.chance.choice(["true", "false", "$yes", "$maybe"])
        if value.startswith("$"):
            self.used.add(value[1:])
        return self.chance.choice([f" @skip(if: {value})", f" @include(if: {value})"])

    def arguments(self, name: str) -> tuple[str, str]:
        """Arguments, and the alias under which they do not conflict with other arguments."""
        choices = [
            "",
            "",
            "count: 5",
            "count: $count",
            "count: $count0",
            "color: RED, ids: 7",
            "color: $color",
            "filter: {min: 2}",
            "filter: $filter",
            "filter: {min: 1, colors: [$color]}",
            "ids: $ids",
        ]
        place = self.chance.randrange(len(choices))
        chosen = choices[place]
        self.used.update(re.findall(r"\$(\w+)", chosen))
        return (f"({chosen})", f"{name}x{place}: ") if chosen else ("", "")
