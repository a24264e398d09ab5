"""How fast the executor alone is: `python -m tests.execution.bench [seconds]`.

The same Strawberry schema, the same operations, resolvers in memory, one process; rounds are interleaved and medians
printed; time is the CPU time of the process, so that other load matters little. Only ratios mean anything.

* *home screen*: one member, about 250 leaves, half of the fields behind asynchronous resolvers, or ("in memory") none;
* *list of 50*: 50 members, each with three fields behind dataloaders, resolvers `async def` ("awaited") or plain
  functions that return the loader's future ("futures"), or with three batch fields ("batch").

Then what compiling each took, and what uvicorn's protocol takes, without a socket, for the same bytes computed by
nobody ("floor") and by the executor in a bare ASGI application.
"""

import datetime
import gc
import sys
import tracemalloc
from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from inspect import isawaitable
from statistics import median
from time import process_time
from typing import Any

import orjson
import strawberry
import uvloop
from aiodataloader import DataLoader
from graphql import execute, parse
from strawberry.execution import optimized_is_awaitable
from strawberry.extensions import ParserCache, SchemaExtension, ValidationCache
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from gateway.execution import CompiledSchema, Limits, batch_field
from tests.execution.protocol import HttpConnection
from tests.execution.unchecked import unchecked

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)


@strawberry.enum
class Genre(Enum):
    """What was bought."""

    FOOD = "food"
    BOOKS = "books"


@strawberry.type
class Item:
    """A line of a receipt."""

    name: str
    amount: int


@strawberry.type
class Purchase:
    """A receipt."""

    id: strawberry.ID
    at: datetime.datetime
    amount: int
    genre: Genre
    shop: str
    items: list[Item]


@strawberry.type
class Edge:
    """Relay's."""

    node: Purchase
    cursor: str


@strawberry.type
class Connection:
    """Relay's."""

    edges: list[Edge]
    next_page: bool


@strawberry.type
class Day:
    """A day's meals."""

    date: datetime.date
    amount: int
    kcal: int
    protein: float


@strawberry.type
class Balance:
    """Of a prepaid card."""

    prepaid: int
    points: int
    as_of: datetime.date


@strawberry.type
class Card:
    """A member's card."""

    number: str
    active: bool


PURCHASES = Connection(
    edges=[
        Edge(
            node=Purchase(
                id=strawberry.ID(f"p{number}"),
                at=NOW,
                amount=400 + number,
                genre=Genre.FOOD if number % 2 else Genre.BOOKS,
                shop="食堂",
                items=[Item(name="定食", amount=400), Item(name="味噌汁", amount=number)],
            ),
            cursor=f"c{number}",
        )
        for number in range(15)
    ],
    next_page=True,
)
DAYS = [Day(date=NOW.date(), amount=500, kcal=700 + day, protein=20.5) for day in range(12)]
BALANCE = Balance(prepaid=4350, points=120, as_of=NOW.date())
CARDS = [Card(number="1", active=True), Card(number="2", active=False)]


class Loaders:
    """One request's."""

    def __init__(self) -> None:
        self.balances: DataLoader[str, Balance] = DataLoader(partial(self.load, BALANCE))
        self.cards: DataLoader[str, list[Card]] = DataLoader(partial(self.load, CARDS))
        self.names: DataLoader[str, str] = DataLoader(partial(self.load, "弘前 太郎"))

    async def load(self, value: Any, keys: list[str]) -> list[Any]:
        """The same for everybody."""
        return [value for _ in keys]


Info = strawberry.Info[Loaders, None]


async def names_of(context: Loaders, numbers: Sequence[str]) -> Mapping[str, str]:
    """Of all at once."""
    return dict.fromkeys(numbers, "弘前 太郎")


async def balances_of(context: Loaders, numbers: Sequence[str]) -> Mapping[str, Balance]:
    """Of all at once."""
    return dict.fromkeys(numbers, BALANCE)


async def cards_of(context: Loaders, numbers: Sequence[str]) -> Mapping[str, list[Card]]:
    """Of all at once."""
    return dict.fromkeys(numbers, CARDS)


def number_of(member: "Member") -> str:
    """The key of batch fields."""
    return member.number


@strawberry.type
class MemberInMemory:
    """組合員, everything at hand."""

    number: str
    name: str
    balance: Balance
    cards: list[Card]

    @strawberry.field
    def purchases(self, first: int = 20) -> Connection:
        """A page."""
        return PURCHASES

    @strawberry.field
    def days(self, last: int = 10) -> list[Day]:
        """The newest."""
        return DAYS[:last]


@strawberry.type
class Member:
    """組合員."""

    number: str

    @batch_field(names_of, key=number_of)
    def name_together(self, name: str) -> str:
        """By one call."""
        return name

    @batch_field(balances_of, key=number_of)
    def balance_together(self, balance: Balance) -> Balance | None:
        """By one call."""
        return balance

    @batch_field(cards_of, key=number_of)
    def cards_together(self, cards: list[Card]) -> list[Card]:
        """By one call."""
        return cards

    @strawberry.field
    async def name(self, info: Info) -> str:
        """Awaited."""
        return await info.context.names.load(self.number)

    @strawberry.field
    async def balance(self, info: Info) -> Balance | None:
        """Awaited."""
        return await info.context.balances.load(self.number)

    @strawberry.field
    async def cards(self, info: Info) -> list[Card]:
        """Awaited."""
        return await info.context.cards.load(self.number)

    @strawberry.field
    def name_later(self, info: Info) -> str:
        """The loader's future."""
        return info.context.names.load(self.number)  # type: ignore[return-value]

    @strawberry.field
    def balance_later(self, info: Info) -> Balance | None:
        """The loader's future."""
        return info.context.balances.load(self.number)  # type: ignore[return-value]

    @strawberry.field
    def cards_later(self, info: Info) -> list[Card]:
        """The loader's future."""
        return info.context.cards.load(self.number)  # type: ignore[return-value]

    @strawberry.field
    async def purchases(self, first: int = 20) -> Connection:
        """A page."""
        return PURCHASES

    @strawberry.field
    def days(self, last: int = 10) -> list[Day]:
        """The newest."""
        return DAYS[:last]


@strawberry.type
class Query:
    """The root."""

    @strawberry.field
    async def viewer(self) -> Member:
        """Who is signed in."""
        return Member(number="21010001")

    @strawberry.field
    def me(self) -> MemberInMemory:
        """Who is signed in."""
        return MemberInMemory(number="21010001", name="弘前 太郎", balance=BALANCE, cards=CARDS)

    @strawberry.field
    async def members(self, first: int = 50) -> list[Member]:
        """Everybody."""
        return [Member(number=f"2101{number:04}") for number in range(first)]


HOME = """number name balance { prepaid points asOf } cards { number active }
    days(last: $last) { date amount kcal protein }
    purchases(first: $first) { nextPage edges { cursor node { id at amount genre shop items { name amount } } } }"""
OPERATIONS = {
    "home screen": f"query Home($first: Int!, $last: Int!) {{ viewer {{ {HOME} }} }}",
    "home screen, in memory": f"query Home($first: Int!, $last: Int!) {{ me {{ {HOME} }} }}",
    "list of 50, awaited": "{ members { number name balance { prepaid points } cards { number active } } }",
    "list of 50, futures": """{ members {
        number nameLater balanceLater { prepaid points } cardsLater { number active } } }""",
    "list of 50, batch": """{ members {
        number nameTogether balanceTogether { prepaid points } cardsTogether { number active } } }""",
}
VARIABLES = {name: {"first": 20, "last": 12} for name in OPERATIONS if name.startswith("home")}

Executor = Callable[[], Awaitable[Any]]


def executors(name: str) -> dict[str, Executor]:
    """The ways to answer one operation, quickest last."""
    text, variables = OPERATIONS[name], VARIABLES.get(name)
    caches: list[Callable[[], SchemaExtension]] = [
        partial(ParserCache, maxsize=10),
        partial(ValidationCache, maxsize=10),
    ]
    stock = strawberry.Schema(Query)
    cached = strawberry.Schema(Query, extensions=caches)
    compiled = CompiledSchema(query=Query, limits=Limits(compile_after=1))
    documents = unchecked(compiled)
    document = parse(text)
    core: dict[str, Any] = {
        "document": document,
        "variable_values": variables,
        "is_awaitable": optimized_is_awaitable,
        "executor_class": StrawberryGraphQLCoreExecutionContext,
    }

    def through(schema: strawberry.Schema) -> Executor:
        return lambda: schema.execute(text, variable_values=variables, context_value=Loaders())

    async def by_graphql_core() -> Any:
        request: Any = execute(stock._schema, **core, context_value=Loaders())
        return await request if isawaitable(request) else request

    async def by_the_door() -> Any:
        request: Any = compiled.compiled.execute(compiled.core, **core, context_value=Loaders())
        return await request if isawaitable(request) else request

    async def prepared() -> Any:
        return await compiled.carry_out(documents.of(text).operation(None), variables, Loaders())

    return {
        "stock Strawberry": through(stock),
        "with its caches": through(cached),
        "graphql-core alone": by_graphql_core,
        "compiled, found by its hash": prepared,
        "compiled, the executor alone": by_the_door,
    }


async def microseconds(executor: Executor, seconds: float) -> float:
    """Per operation."""
    done, begun = 0, process_time()
    while process_time() - begun < seconds:
        result = await executor()
        done += 1
    assert result.errors is None
    return (process_time() - begun) / done * 1e6


async def compare(name: str, seconds: float, rounds: int = 5) -> None:
    """Prints one operation's table."""
    contestants = executors(name)
    answers = [(await executor()).data for executor in contestants.values()]
    assert all(answer == answers[0] for answer in answers)
    for executor in contestants.values():
        await executor()
    measured: dict[str, list[float]] = {contestant: [] for contestant in contestants}
    for _ in range(rounds):
        for contestant, executor in contestants.items():
            measured[contestant].append(await microseconds(executor, seconds / rounds))
    base = median(measured["with its caches"])
    print(f"\n{name}")  # noqa: T201
    for contestant, figures in measured.items():
        print(f"  {contestant:30} {median(figures):9.0f} µs   {base / median(figures):6.1f} ×")  # noqa: T201


async def tell_compiling(name: str) -> None:
    """Prints what preparing one operation takes; memory is of what is kept."""
    schema = CompiledSchema(query=Query, limits=Limits(compile_after=1))
    text, variables = OPERATIONS[name], VARIABLES.get(name)
    await schema.execute(OPERATIONS["list of 50, batch"], context_value=Loaders())
    documents = unchecked(schema)
    before = schema.compiled.statistics()
    tracemalloc.start()
    begun = process_time()
    operation = documents.of(text).operation(None)
    preparing, parsed = process_time() - begun, tracemalloc.get_traced_memory()[0]
    await schema.carry_out(operation, variables, Loaders())
    gc.collect()
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    after = schema.compiled.statistics()
    compiling, length = (
        after.compile_seconds - before.compile_seconds,
        after.source_bytes - before.source_bytes,
    )
    print(  # noqa: T201
        f"  {name:30} text {len(text):5}  parsed and valid {preparing * 1e3:5.1f} ms {parsed / 1024:5.0f} KiB"
        f"  compiled {compiling * 1e3:5.1f} ms  source {length / 1024:4.0f} KiB  kept {kept / 1024:5.0f} KiB"
    )


async def tell_floor(name: str, seconds: float, rounds: int = 5) -> None:
    """Prints what uvicorn's protocol takes around an operation; system calls would add as much to both."""
    text, variables = OPERATIONS[name], VARIABLES.get(name)
    schema = CompiledSchema(query=Query, limits=Limits(compile_after=1))
    documents = unchecked(schema)

    async def computed(body: bytes) -> bytes:
        asked = orjson.loads(body)
        operation = documents.of(asked["query"]).operation(None)
        result = await schema.carry_out(operation, asked["variables"], Loaders())
        return orjson.dumps({"data": result.data})

    body = orjson.dumps({"query": text, "variables": variables})
    same = await computed(body)

    async def floor(body: bytes) -> bytes:
        return same

    contestants = {"floor": HttpConnection(floor), "bare ASGI, compiled": HttpConnection(computed)}
    measured: dict[str, list[float]] = {contestant: [] for contestant in contestants}
    for _ in range(rounds):
        for contestant, connection in contestants.items():
            done, begun = 0, process_time()
            while process_time() - begun < seconds / rounds:
                await connection.ask(body)
                done += 1
            measured[contestant].append((process_time() - begun) / done * 1e6)
    print(f"\n{name}, {len(same)} bytes")  # noqa: T201
    for contestant, figures in measured.items():
        print(f"  {contestant:30} {median(figures):9.0f} µs")  # noqa: T201


def main() -> None:
    """All operations."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 0.5
    print("compiling")  # noqa: T201
    for name in OPERATIONS:
        uvloop.run(tell_compiling(name))
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    for name in OPERATIONS:
        uvloop.run(compare(name, seconds))
    for name in OPERATIONS:
        uvloop.run(tell_floor(name, seconds))


if __name__ == "__main__":
    main()
