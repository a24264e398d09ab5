"""Fields read from a part of their object: the answer of every other executor, and nothing else of the part read."""

from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import parse

from gateway.execution import CompiledExecution, CompiledSchema, Limits, read_field
from tests.execution.sameness import answer


@dataclass
class Size:
    pages: int


class Book:
    """What is read of it is written down."""

    def __init__(self, title: str, size: Size | None) -> None:
        self.read: list[str] = []
        self._parts = {"title": title, "size": size}

    def __getattr__(self, name: str) -> Any:
        self.read.append(name)
        return self._parts[name]


@strawberry.type
class Loan:
    book: strawberry.Private[Book]
    title: str = read_field("book.title", description="What it is called.")
    pages: int | None = read_field("book.size.pages", description="How long it is.")
    returned: bool = strawberry.field(description="Whether it is back.")


@strawberry.type
class Query:
    @strawberry.field
    def loans(self, info: strawberry.Info) -> list[Loan]:
        books: list[Book] = info.context
        return [Loan(book=book, returned=False) for book in books]


SCHEMA = CompiledSchema(query=Query, limits=Limits(compile_after=1))
WHOLE = parse("{ loans { title pages returned } }")


def books() -> list[Book]:
    return [Book("Snow Country", Size(175)), Book("Kusamakura", None)]


async def test_a_value_is_read_where_its_path_leads() -> None:
    theirs = await SCHEMA.execute("{ loans { title pages returned } }", context_value=books())
    ours = await answer(SCHEMA.compiled.execute, SCHEMA.core, WHOLE, context_value=books())

    assert (
        ours.data
        == theirs.data
        == {
            "loans": [
                {"title": "Snow Country", "pages": 175, "returned": False},
                {"title": "Kusamakura", "pages": None, "returned": False},
            ]
        }
    )
    missing = "'NoneType' object has no attribute 'pages'"
    assert [(error.message, error.path) for error in theirs.errors or ()] == [
        (missing, ["loans", 1, "pages"])
    ]
    assert [(message, path) for message, path, _ in ours.errors] == [(missing, ("loans", 1, "pages"))]
    assert isinstance(SCHEMA.compiled, CompiledExecution)
    assert SCHEMA.compiled.statistics().left == {}


async def test_only_what_is_asked_for_is_read() -> None:
    (book,) = books()[:1]
    await answer(SCHEMA.compiled.execute, SCHEMA.core, parse("{ loans { title } }"), context_value=[book])

    assert book.read == ["title"]


def test_the_schema_says_of_it_what_it_says_of_every_field() -> None:
    assert '  """How long it is."""\n  pages: Int\n' in SCHEMA.as_str()
