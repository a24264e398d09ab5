"""A Strawberry schema carried out compiled: everything Strawberry does around and in fields is still done."""

import datetime
from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, ClassVar, Generic, TypeVar, cast

import pytest
import strawberry
from strawberry.extensions import FieldExtension, ParserCache, SchemaExtension, ValidationCache
from strawberry.permission import BasePermission
from strawberry.types import ExecutionContext

from gateway.execution import CompiledSchema, Limits
from tests.execution.unchecked import unchecked

T = TypeVar("T")
Info = strawberry.Info[dict[str, Any], None]
LOG: list[str] = []


@pytest.fixture(autouse=True)
def _empty_log() -> None:
    LOG.clear()


@strawberry.enum
class Color(Enum):
    """A value whose name in the schema differs from its Python name."""

    RED = "r"
    GREEN = strawberry.enum_value("g", name="VERDE")


class Louder(FieldExtension):
    """Changes the argument and the value."""

    def resolve(self, next_: Any, source: Any, info: strawberry.Info, **arguments: Any) -> Any:
        """Synchronously."""
        LOG.append(f"before {info.path.key}")
        return next_(source, info, **arguments) + "!"

    async def resolve_async(self, next_: Any, source: Any, info: strawberry.Info, **arguments: Any) -> Any:
        """Asynchronously."""
        LOG.append(f"before {info.path.key}")
        return await next_(source, info, **arguments) + "!"


class Refused(BasePermission):
    """Refuses whoever is not allowed."""

    message = "refused"

    def has_permission(self, source: Any, info: strawberry.Info, **_arguments: Any) -> bool:
        """As the context says."""
        return bool(info.context["allowed"])


@strawberry.interface
class Node:
    """Relay's."""

    id: strawberry.ID


@strawberry.type
class Edge(Generic[T]):
    """A generic type."""

    node: T


@strawberry.type
class Person(Node):
    """A type with an interface."""

    name: str
    born: datetime.date | None = None
    color: Color | None = None
    money: Decimal = Decimal("1.50")

    @strawberry.field
    def greeting(self, word: str = "hello", *, times: int = 1) -> str:
        """With arguments."""
        return " ".join([word] * times + [self.name])

    @strawberry.field(extensions=[Louder()])  # type: ignore[untyped-decorator]
    def loud(self, word: str = "hey") -> str:
        """With an extension."""
        return f"{word} {self.name}"

    @strawberry.field(extensions=[Louder()])  # type: ignore[untyped-decorator]
    async def loud_later(self, info: Info) -> str:
        """With an extension, asynchronously."""
        return f"{info.context['user']} {self.name}"

    @strawberry.field(permission_classes=[Refused])  # type: ignore[untyped-decorator]
    def secret(self) -> str | None:
        """With a permission class."""
        return "secret"

    @strawberry.field
    def where(self, info: Info) -> str:
        """What info says."""
        told = [info.field_name, info.python_name, info.path.as_list(), info.variable_values, info.root_value]
        fields = [getattr(field, "name", "") for field in info.selected_fields]
        return (
            f"{told} {fields} {info.operation.operation.value} {info.return_type} {info.schema is not None}"
        )

    @strawberry.field
    async def where_later(self, info: Info) -> str:
        """The same, asynchronously."""
        return f"{info.path.as_list()} {info.path.typename} {info.input_extensions}"

    @strawberry.field
    def parent_name(self, parent: strawberry.Parent["Person"]) -> str:
        """With the parent parameter."""
        return parent.name


@strawberry.type
class Pet(Node):
    """Another one."""

    owner: Person | None


@strawberry.input
class Filter:
    """An input."""

    color: Color = Color.RED
    names: list[str] | None = strawberry.UNSET


def people() -> list[Person]:
    """Everybody."""
    born = datetime.date(2000, 1, 2)
    return [
        Person(id=strawberry.ID("1"), name="a", born=born, color=Color.GREEN),
        Person(id=strawberry.ID("2"), name="b", color=Color.RED),
    ]


Thing = Annotated[Person | Pet, strawberry.union("Thing")]


@strawberry.type
class Query:
    """The root."""

    @strawberry.field
    def people(self) -> list[Person]:
        """Synchronously."""
        return people()

    @strawberry.field
    async def edges(self) -> list[Edge[Person]]:
        """Asynchronously."""
        return [Edge(node=person) for person in people()]

    @strawberry.field
    async def nodes(self) -> list[Node | None]:
        """An interface."""
        pet = Pet(id=strawberry.ID("3"), owner=people()[0])
        return [people()[0], None, pet, cast("Any", "nobody")]

    @strawberry.field
    def things(self) -> list[Thing]:
        """A union."""
        return [people()[1], Pet(id=strawberry.ID("3"), owner=None)]

    @strawberry.field
    def asked(self, filter: Filter | None = None, colors: list[Color] | None = None) -> str:  # noqa: A002 - GraphQL's custom
        """With an input."""
        return f"{filter} {colors}"

    @strawberry.field
    def broken(self) -> int:
        """Raises."""
        raise ValueError("broken")


@strawberry.type
class Mutation:
    """The root of what can be done."""

    @strawberry.mutation
    async def add(self, info: Info, name: str) -> Person | None:
        """Counts."""
        info.context["added"].append(name)
        if name == "nobody":
            raise ValueError(name)
        return Person(id=strawberry.ID(name), name=name)


class Hooks(SchemaExtension):
    """Notes the stages."""

    async def on_operation(self) -> AsyncIterator[None]:
        """Around all."""
        LOG.append("operation")
        yield
        LOG.append("operation done")

    async def on_execute(self) -> AsyncIterator[None]:
        """Around the execution."""
        LOG.append("execute")
        yield
        LOG.append(f"executed {self.execution_context.result.data is not None}")  # type: ignore[union-attr]

    def on_parse(self) -> Iterator[None]:
        """Around parsing."""
        yield


class Noted:
    """Keeps errors instead of logging them."""

    def process_errors(self, errors: list[Any], execution_context: ExecutionContext | None = None) -> None:
        """Notes them."""
        LOG.append(f"{len(errors)} errors")


class Plain(Noted, strawberry.Schema):
    """Stock."""


class Compiled(Noted, CompiledSchema):
    """Compiled."""


def parts() -> dict[str, Any]:
    """The arguments of both schemas."""
    extensions = [lambda: ParserCache(maxsize=50), lambda: ValidationCache(maxsize=50), Hooks]
    return {"query": Query, "mutation": Mutation, "types": [Pet], "extensions": extensions}


STOCK = Plain(**parts())
COMPILED = Compiled(**parts(), limits=Limits(compile_after=1))

PERSON = "id name born color money greeting loud loudLater secret where whereLater parentName __typename"

OPERATIONS: list[tuple[str, dict[str, Any]]] = [
    (f"{{ people {{ {PERSON} }} }}", {}),
    ("query Q($t: Int!, $w: String = \"hi\") { edges { node { greeting(times: $t, word: $w) loud(word: $w) } } }",
     {"t": 2}),
    (f"{{ nodes {{ id __typename ... on Person {{ {PERSON} }} ... on Pet {{ owner {{ name }} }} }} }}", {}),
    ("{ things { ... on Person { name } ... on Pet { id owner { name } } ... on Node { id } } }", {}),
    ("query Q($f: Filter, $c: [Color!]) { a: asked(filter: $f, colors: $c) b: asked c: asked(filter: {color: VERDE}) }",
     {"f": {"names": ["x"]}, "c": ["RED", "VERDE"]}),
    ("{ people { name } broken }", {}),
    ("query Q($t: Int!) { people { greeting(times: $t) } }", {"t": "x"}),
    ("{ nothing }", {}),
    ("{ people", {}),
    ("{ __schema { queryType { name } } people { name } }", {}),
    ('mutation { a: add(name: "a") { name } b: add(name: "nobody") { name } c: add(name: "c") { name where } }', {}),
]  # fmt: skip


@pytest.mark.parametrize("allowed", [True, False])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation[0][:40])
async def test_the_result_is_the_same(operation: tuple[str, dict[str, Any]], allowed: bool) -> None:
    text, variables = operation
    answers = []
    for schema in (STOCK, COMPILED, COMPILED):
        LOG.clear()
        context: dict[str, Any] = {"user": "u", "allowed": allowed, "added": []}
        result = await schema.execute(
            text, variables, context_value=context, root_value=None, operation_extensions={"from": "a test"}
        )
        errors = sorted(repr(error.formatted) for error in result.errors or ())
        answers.append((result.data, errors, context["added"], sorted(LOG)))
    assert answers[0] == answers[1] == answers[2]


async def test_operations_of_strawberry_schemas_are_compiled() -> None:
    before = COMPILED.compiled.statistics().executed
    await COMPILED.execute("{ people { name } }")
    assert COMPILED.compiled.statistics().executed == before + 1


def test_execution_without_awaiting_works_where_nothing_has_to_be_awaited() -> None:
    schema = CompiledSchema(query=Query, types=[Pet])
    assert schema.execute_sync("{ people { name } }").data == {"people": [{"name": "a"}, {"name": "b"}]}


async def test_resolvers_of_a_mutation_run_once() -> None:
    context: dict[str, Any] = {"added": []}
    for _ in range(3):
        await COMPILED.execute(
            'mutation { add(name: "x") { name loud } }', context_value={**context, "user": "u"}
        )
    assert context["added"] == ["x"] * 3


class Followed(SchemaExtension):
    """Notes which hooks were called, and what they found."""

    seen: ClassVar[list[str]] = []

    def on_operation(self) -> Iterator[None]:
        self.seen.append("operation")
        yield

    def on_validate(self) -> Iterator[None]:
        self.seen.append(f"validated {self.execution_context.graphql_document is not None}")
        yield

    def on_execute(self) -> Iterator[None]:
        yield
        self.seen.append("executed")

    def get_results(self) -> dict[str, Any]:
        return {"noted": len(self.seen)}


async def test_a_prepared_operation_passes_the_hooks_of_extensions() -> None:
    @strawberry.type
    class Query:
        @strawberry.field
        def number(self) -> int:
            return 1

    schema = CompiledSchema(query=Query, extensions=[Followed], limits=Limits(compile_after=1))
    documents = unchecked(schema)
    operation = documents.of("query A { number }").operation(None)
    Followed.seen.clear()
    result = await schema.carry_out(operation, {}, None)

    assert (result.data, result.extensions) == ({"number": 1}, {"noted": 3})
    assert Followed.seen == ["operation", "validated True", "executed"]
    assert schema.compiled.statistics().executed == 1
