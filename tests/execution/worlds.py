"""Schemas, data and operations made from seeds: whatever resolvers may do, valid and wrong, at any place of an answer.

A world is a schema whose resolvers compute what they return from the seed, the object and the field, so that two
executors that call them see the same, in whatever order they call.
"""

import asyncio
from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, cast

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    Undefined,
    default_type_resolver,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    specified_directives,
)
from graphql.type.directives import GraphQLDisableErrorPropagationDirective

Call = tuple[str | int, ...]


class Oops(Exception):
    """What resolvers of a world raise."""


class Later:
    """An awaitable that is neither a coroutine nor a future."""

    def __init__(self, value: Any, ticks: int) -> None:
        self.value = value
        self.ticks = ticks

    def __str__(self) -> str:
        return f"later: {self.value}"

    def __await__(self) -> Generator[Any, None, Any]:
        for _ in range(self.ticks):
            yield from asyncio.sleep(0).__await__()
        if isinstance(self.value, Oops):
            raise self.value
        return self.value


class Thing:
    """An object of a world: its type and where in the data it stands."""

    __slots__ = ("key", "type_name")

    def __init__(self, type_name: str, key: str) -> None:
        self.type_name = type_name
        self.key = key

    def __repr__(self) -> str:
        return f"<{self.type_name} {self.key}>"


class Dynamic(Thing):
    """One whose attributes are resolvers that graphql-core's default resolver finds and calls."""

    __slots__ = ("world",)

    def __init__(self, type_name: str, key: str, world: "World") -> None:
        super().__init__(type_name, key)
        self.world = world

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda info, **arguments: self.world.resolved(self, info, arguments)


def known_as(value: Any) -> str:
    """The same text for the same value in every run."""
    return value.key if isinstance(value, Thing) else type(value).__name__


def upper(value: Any) -> Any:
    """The custom scalar's coercion: refuses, or gives nothing for, some values."""
    if value == "refused":
        raise Oops("refused by the scalar")
    if value == "nothing":
        return None
    if isinstance(value, int):
        return {"json": [value]}
    return str(value).upper() if isinstance(value, str | float | bytes) else type(value).__name__


@dataclass
class World:
    """A schema with its behaviour; `calls` are the response paths of the resolvers called so far."""

    seed: int
    mischief: float
    asynchrony: float
    schema: GraphQLSchema = field(init=False)
    calls: list[Call] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.schema = SchemaMaker(self).schema()

    def chance(self, *about: object) -> Random:
        """Chance that is the same each time it is asked about the same."""
        return Random(f"{self.seed}/{about}")  # noqa: S311 - invented data

    def resolved(self, source: Any, info: Any, arguments: dict[str, Any]) -> Any:
        """What the resolver of a field returns or raises."""
        self.calls.append(tuple(info.path.as_list()))
        key = f"{source.key}.{info.field_name}{sorted(arguments.items())!r}" if source else info.field_name
        return self.outcome(info.return_type, f"{key}@{info.parent_type.name}")

    async def resolved_later(self, source: Any, info: Any, arguments: dict[str, Any]) -> Any:
        """The same, asynchronously."""
        value = self.resolved(source, info, arguments)
        for _ in range(self.chance("ticks", info.field_name).randrange(3)):
            await asyncio.sleep(0)
        return value

    def outcome(self, type_: GraphQLOutputType, key: str) -> Any:
        """A value of the type, or mischief."""
        chance = self.chance(key)
        if chance.random() < self.mischief:
            return self.mischievous(type_, key, chance)
        return self.proper(type_, key, chance)

    def proper(self, type_: GraphQLOutputType, key: str, chance: Random) -> Any:
        """A value of the type."""
        if is_non_null_type(type_):
            return self.proper(type_.of_type, key, chance)
        if is_list_type(type_):
            items = [self.item(type_.of_type, f"{key}[{place}]") for place in range(chance.randrange(4))]
            return chance.choice([items, items, items, tuple(items), (item for item in items)])
        named = get_named_type(type_)
        if is_leaf_type(named):
            return chance.choice(PROPER[named.name])
        return self.thing(named, key, chance)

    def item(self, type_: GraphQLOutputType, key: str) -> Any:
        """An item of a list."""
        value = self.outcome(type_, key)
        chance = self.chance("item", key)
        if chance.random() < self.mischief * self.asynchrony and not hasattr(value, "__await__"):
            return Later(value, chance.randrange(3))
        return value

    def thing(self, type_: GraphQLNamedType, key: str, chance: Random) -> Any:
        """An object; of an abstract type, one of its possible types."""
        if is_abstract_type(type_):
            type_ = chance.choice(list(self.schema.get_possible_types(type_)))
        if chance.random() < 0.3:
            return Dynamic(type_.name, key, self)
        return Thing(type_.name, key)

    def mischievous(self, type_: GraphQLOutputType, key: str, chance: Random) -> Any:  # noqa: PLR0911 - many tricks
        """Anything but a proper value."""
        tricks = ["null", "null", "raise", "raise", "exception", "wrong", "wrong", "undefined", "other"]
        if chance.random() < self.asynchrony:
            tricks += ["awaitable", "awaitable", "awaitable null", "awaitable error", "future", "iterator"]
        match chance.choice(tricks):
            case "null":
                return None
            case "raise":
                raise Oops(f"raised at {key}")
            case "exception":
                return Oops(f"returned at {key}")
            case "undefined":
                return Undefined
            case "wrong":
                return chance.choice(WRONG)()
            case "other":
                return Thing(chance.choice(["T0", "T1", "Nobody", "Query", "Named"]), key)
            case "awaitable":
                return Later(self.proper(type_, key, chance), chance.randrange(3))
            case "awaitable null":
                return Later(None, chance.randrange(3))
            case "awaitable error":
                return Later(Oops(f"awaited at {key}"), chance.randrange(3))
            case "future":
                future = asyncio.get_running_loop().create_future()
                future.set_result(self.proper(type_, key, chance))
                return future
            case _:
                return self.iterator(type_, key, chance)

    def iterator(self, type_: GraphQLOutputType, key: str, chance: Random) -> Any:
        """An asynchronous iterator, or one that breaks off."""
        item: Any = get_named_type(type_)
        items = [self.item(item, f"{key}~{place}") for place in range(chance.randrange(3))]
        breaks = chance.random() < 0.3

        async def later() -> AsyncIterator[Any]:
            for one in items:
                yield one
            if breaks:
                raise Oops(f"broke off at {key}")

        def now() -> Iterator[Any]:
            yield from items
            if breaks:
                raise Oops(f"broke off at {key}")

        return chance.choice([later, now])()


WRONG: list[Any] = [
    lambda: "text",
    lambda: 7,
    lambda: 1.5,
    lambda: True,
    lambda: 2**40,
    lambda: float("nan"),
    lambda: "12",
    list,
    lambda: ["a", 1],
    dict,
    lambda: {"n0": 1},
    lambda: {1},
    lambda: b"bytes",
    lambda: "nothing",
    lambda: "refused",
    lambda: "GREEN",
]

PROPER: dict[str, list[Any]] = {
    "Int": [0, 1, -5, 2**31 - 1],
    "Float": [0.5, 2.0, -1e300, 3],
    "String": ["", "a", "日本", "x" * 40],
    "ID": ["id", 12],
    "Boolean": [True, False],
    "Color": ["#f00", "#0f0"],
    "Loud": ["quiet", 3, "half"],
}


class SchemaMaker:
    """Makes a world's schema. A field name has one type wherever it occurs, so that any selections can merge."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = world.chance("schema")
        self.color = GraphQLEnumType("Color", {"RED": "#f00", "GREEN": "#0f0"})
        self.loud = GraphQLScalarType("Loud", coerce_output_value=upper)
        self.leaves = [
            GraphQLInt, GraphQLFloat, GraphQLString, GraphQLID, GraphQLBoolean, self.color, self.loud,
        ]  # fmt: skip
        self.filter = GraphQLInputObjectType(
            "Filter",
            {
                "min": GraphQLInputField(GraphQLNonNull(GraphQLInt)),
                "colors": GraphQLInputField(GraphQLList(self.color), default_value=["#f00"]),
            },
        )
        self.named = GraphQLInterfaceType(
            "Named", lambda: self.fields("n"), resolve_type=self.type_resolver()
        )
        self.objects = [
            GraphQLObjectType(
                f"T{number}",
                lambda number=number: {  # type: ignore[misc]
                    **(self.fields("n") if number % 2 == 0 else {}),
                    **self.fields(str(number)),
                },
                interfaces=[self.named] if number % 2 == 0 else [],
                is_type_of=self.type_check(f"T{number}"),
            )
            for number in range(4)
        ]
        self.some = GraphQLUnionType("Some", self.objects[:3], resolve_type=self.type_resolver())
        self.composites: list[Any] = [*self.objects, self.named, self.some]
        self.types = {name: self.field_type(name) for name in self.field_names()}

    def schema(self) -> GraphQLSchema:
        """The schema."""
        roots = [
            GraphQLObjectType(name, lambda: {**self.fields("n"), **self.fields("0"), **self.fields("1")})
            for name in ("Query", "Mutation")
        ]
        query, mutation = roots
        return GraphQLSchema(
            query,
            mutation,
            types=[*self.objects, self.some],
            directives=[*specified_directives, GraphQLDisableErrorPropagationDirective],
        )

    def field_names(self) -> list[str]:
        """All there are: leaves, objects and lists, of each group of fields."""
        return [f"{kind}{group}" for group in "n0123" for kind in ("leaf", "more", "one", "some", "many")]

    def fields(self, group: str) -> dict[str, GraphQLField]:
        """The fields of a group, with resolvers of their own for each type."""
        return {name: self.field(name) for name in self.field_names() if name.endswith(group)}

    def field(self, name: str) -> GraphQLField:
        """One field."""
        arguments = self.arguments() if name.startswith(("leaf", "one", "many")) else {}
        return GraphQLField(self.types[name], arguments, resolve=self.resolver(name))

    def resolver(self, name: str) -> Any:
        """A function, a coroutine function, or none."""
        world = self.world
        chance = world.chance("resolver", name)

        async def later(source: Any, info: Any, **arguments: Any) -> Any:
            return await world.resolved_later(source, info, arguments)

        def now(source: Any, info: Any, **arguments: Any) -> Any:
            return world.resolved(source, info, arguments)

        if chance.random() < 0.15:
            return None
        return later if chance.random() < world.asynchrony else now

    def arguments(self) -> dict[str, GraphQLArgument]:
        """The arguments of every field that has some."""
        return {
            "count": GraphQLArgument(GraphQLInt, default_value=3),
            "color": GraphQLArgument(self.color, out_name="colour"),
            "filter": GraphQLArgument(self.filter),
            "ids": GraphQLArgument(GraphQLList(GraphQLNonNull(GraphQLID))),
        }

    def field_type(self, name: str) -> GraphQLOutputType:
        """The type of a field of that name."""
        chance = self.world.chance("type", name)
        leaf = name.startswith(("leaf", "more"))
        type_: Any = chance.choice(self.leaves if leaf else self.composites)
        if chance.random() < 0.4:
            type_ = GraphQLNonNull(type_)
        for _ in range({"leaf": 0, "more": chance.randrange(3), "one": 0, "some": 0}.get(name[:-1], 1)):
            type_ = GraphQLList(type_)
            if chance.random() < 0.3:
                type_ = GraphQLNonNull(type_)
        return cast("GraphQLOutputType", type_)

    def type_check(self, name: str) -> Any:
        """`is_type_of` of an object type, which may be wrong, late, or missing."""
        world = self.world
        kind = world.chance("is_type_of", name).random()

        def now(value: Any, _info: Any) -> bool:
            if world.chance("is", known_as(value), name).random() < world.mischief / 4:
                raise Oops(f"is {name}?")
            return getattr(value, "type_name", None) == name

        def later(value: Any, info: Any) -> Any:
            return Later(now(value, info), 1)

        if kind < 0.4:
            return None
        return later if kind < 0.4 + 0.3 * world.asynchrony else now

    def type_resolver(self) -> Any:
        """`resolve_type` of an abstract type, which may be wrong or late."""
        world = self.world
        kind = self.chance.random()

        def now(value: Any, info: Any, type_: Any) -> Any:
            if world.chance("type", known_as(value)).random() < world.mischief / 4:
                return world.chance("trick", known_as(value)).choice([None, 5, "Nobody", "Color", "T3"])
            name = getattr(value, "type_name", None)
            return name if name is not None else default_type_resolver(value, info, type_)

        def later(value: Any, info: Any, type_: Any) -> Any:
            found = now(value, info, type_)
            return found if hasattr(found, "__await__") else Later(found, 1)

        return later if kind < 0.3 * world.asynchrony else now
