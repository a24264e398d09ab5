"""What operations cost: by IBM's directives, estimated before and counted after."""

import time
from typing import Any

import pytest
import strawberry
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse

from gateway.http.cost.estimates import PricedOperation, Total, cost_excess
from gateway.http.cost.pricing import Pricing
from gateway.limit_settings import LimitSettings
from gateway.schema.cost import Cost, ListSize, declare_costs


@strawberry.interface
class Thing:
    id: strawberry.ID


@strawberry.type
class Page:
    number: int


@strawberry.type
class PageEdge:
    node: Page


@strawberry.type
class PageConnection:
    edges: list[PageEdge]
    total: int


@strawberry.type
class Book(Thing):
    title: str
    tags: list[str]
    authors: list["Author"]

    @strawberry.field
    def pages(self, first: int = 20) -> PageConnection | None:
        return None


@strawberry.type
class Author(Thing):
    name: str
    books: list[Book] = strawberry.field(directives=[ListSize(assumed_size=3)])


@strawberry.type
class Query:
    book: Book
    thing: Thing | None = None
    dear: int = strawberry.field(directives=[Cost(weight="7")])

    @strawberry.field(directives=[ListSize(slicing_arguments=["ids"])])  # type: ignore[untyped-decorator]
    def things(self, ids: list[strawberry.ID]) -> list[Thing]:
        return []


@strawberry.type
class Mutation:
    publish: Book
    burn: bool = strawberry.field(directives=[Cost(weight="50")])


SCHEMA = strawberry.Schema(Query, Mutation, types=[Book, Author])
declare_costs(SCHEMA)
PRICING = Pricing(SCHEMA._schema)


def priced(document: str) -> PricedOperation:
    definitions = parse(document).definitions
    (operation,) = (each for each in definitions if isinstance(each, OperationDefinitionNode))
    fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
    return PRICING.priced(operation, fragments)


def estimate(document: str, **variables: Any) -> Total:
    return priced(document).estimate(variables)


@pytest.mark.parametrize(
    ("document", "cost", "nodes"),
    [
        ("{ __typename }", 0, 0),
        ("{ book { title tags } }", 1, 0),
        ("{ dear }", 7, 0),
        ("{ book { authors { name } } }", 1 + 10, 10),
        ("{ book { authors { books { title } } } }", 1 + 10 * (1 + 3), 10 + 10 * 3),
        ("{ book { pages { total } } }", 1 + 1, 0),
        ("{ book { pages { edges { node { number } } } } }", 1 + 1 + 20 * 2, 20),
        ("{ book { pages(first: 5) { edges { node { number } } } } }", 1 + 1 + 5 * 2, 5),
        ("{ book { a: pages(first: 5) { edges { node { number } } } pages { total } } }", 1 + 1 + 10 + 1, 5),
        ('{ things(ids: ["1", "2"]) { id } }', 2, 2),
        ("mutation { publish { title } burn }", 10 + 1 + 50, 0),
        ("{ book { title } ...B } fragment B on Query { book { authors { name } } }", 1 + 10, 10),
        ("{ __schema { types { name } } }", 0, 0),
    ],
)
def test_objects_calls_and_lists_are_counted_by_the_directives(document: str, cost: int, nodes: int) -> None:
    assert estimate(document) == Total(cost, nodes)


def test_of_several_types_the_dearest_counts() -> None:
    thing = "{ thing { id ... on Book { authors { name } } ... on Author { books { title } } } }"

    assert estimate(thing) == Total(1 + 10, 10)


def test_of_several_types_the_dearest_counts_for_these_variables() -> None:
    thing = (
        "query ($first: Int!) { thing {"
        " ... on Book { pages(first: $first) { edges { node { number } } } } ... on Author { books { title } } } }"
    )

    assert estimate(thing, first=1) == Total(1 + 3, 3)
    assert estimate(thing, first=50) == Total(1 + 1 + 50 * 2, 50)


PAGES = "query ($first: Int%s) { book { authors { books { pages(first: $first) { edges { node { number } } } } } } }"


@pytest.mark.parametrize(
    ("default", "variables", "size"),
    [
        ("", {"first": 2}, 2),
        ("", {}, 20),
        (" = 4", {}, 4),
        (" = 4", {"first": 2}, 2),
        ("", {"first": -1}, 0),
        ("", {"first": 2**31 - 1}, 100),
        ("", {"first": "many"}, 20),
        ("", {"first": None}, 20),
    ],
)
def test_sizes_come_from_variables_and_their_defaults(
    default: str, variables: dict[str, Any], size: int
) -> None:
    books = 10 * 3

    assert estimate(PAGES % default, **variables) == Total(
        1 + 10 + books + books * (1 + size * 2), 10 + books + books * size
    )


def test_a_list_of_ids_is_as_long_as_it_is() -> None:
    assert estimate("query ($ids: [ID!]!) { things(ids: $ids) { id } }", ids=["1", "2", "3"]) == Total(3, 3)


def test_who_asks_for_more_than_a_page_is_refused_by_the_field_and_pays_for_a_page() -> None:
    pages = "{ book { pages(first: 6000) { edges { node { number } } } } }"

    assert estimate(pages) == Total(1 + 1 + 100 * 2, 100)


def test_what_an_answer_came_to_is_counted_in_it() -> None:
    operation = priced("{ dear book { pages(first: 50) { edges { node { number } } } authors { name } } }")
    book = {"pages": {"edges": [{"node": {"number": 1}}, {"node": None}]}, "authors": [{"name": "A"}, None]}

    assert operation.actual({"dear": 1, "book": book}) == 7 + 1 + 1 + (2 + 1) + 1
    assert operation.actual({"dear": None, "book": None}) == 7
    assert operation.actual(None) == 0


def test_an_object_is_counted_as_what_it_is() -> None:
    operation = priced("{ thing { id ... on Book { authors { name } } ... on Author { books { title } } } }")

    assert operation.actual({"thing": {"id": "1", "books": [{"title": "A"}]}}) == 2


def test_fragments_that_double_one_another_are_priced_as_they_are_answered() -> None:
    chain = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(90))
    started = time.monotonic()

    assert estimate(f"{{ ...F0 }} {chain} fragment F90 on Query {{ book {{ title }} }}") == Total(1, 0)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("total", "limit"),
    [(Total(100, 10), None), (Total(101, 0), "cost"), (Total(0, 11), "nodes"), (Total(101, 11), "nodes")],
)
def test_what_is_beyond_cost_or_nodes_is_told(total: Total, limit: str | None) -> None:
    excess = cost_excess(total, LimitSettings(max_cost=100, max_nodes=10))

    assert (excess and excess.limit) == limit
