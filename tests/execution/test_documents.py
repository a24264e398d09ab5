"""The cache of documents: each is looked into once and found by its hash; no more are kept than there is room for."""

from collections import Counter
from hashlib import sha256

import pytest
import strawberry
from graphql import DocumentNode, GraphQLError, GraphQLSchema, GraphQLSyntaxError

from gateway.execution import CacheLimits, CompiledSchema, DocumentRefused, Documents, Limits
from tests.execution.unchecked import anything


@strawberry.type
class Query:
    @strawberry.field
    def number(self, plus: int = 0) -> int:
        return 42 + plus

    @strawberry.field
    def deep(self) -> "Query":
        return Query()


@strawberry.type
class Mutation:
    @strawberry.mutation
    def change(self) -> int:
        return 1


SCHEMA = CompiledSchema(query=Query, mutation=Mutation)


class Looks:
    """Counts how often a document was looked into: by its first operation's first field."""

    def __init__(self) -> None:
        self.at: Counter[str] = Counter()

    def examine(self, document: DocumentNode, _schema: GraphQLSchema) -> str:
        name = document.definitions[0].name.value  # type: ignore[attr-defined]  # they are all named operations
        self.at[name] += 1
        if name == "Dear":
            raise GraphQLError("too dear")
        return f"facts of {name}"


@pytest.fixture
def looks() -> Looks:
    return Looks()


def documents(looks: Looks, limits: CacheLimits | None = None) -> Documents[str]:
    return Documents(SCHEMA, check=anything, examine=looks.examine, max_tokens=50, limits=limits)


def test_a_document_is_looked_into_once_and_found_by_its_hash(looks: Looks) -> None:
    kept = documents(looks)
    text = "query A { number }"
    digest = sha256(text.encode()).hexdigest()

    assert kept.known(digest) is None
    assert kept.of(text) is kept.of(text) is kept.known(digest)
    assert (kept.of(text).digest, kept.of(text).facts) == (digest, "facts of A")
    assert looks.at == {"A": 1}


def refusal(kept: Documents[str], text: str) -> list[GraphQLError]:
    with pytest.raises(DocumentRefused) as refused:
        kept.of(text)
    return refused.value.errors


def test_what_is_refused_is_remembered_and_refused_again(looks: Looks) -> None:
    kept = documents(looks)

    assert [error.message for error in refusal(kept, "query Dear { number }")] == ["too dear"]
    assert refusal(kept, "query Dear { number }") is refusal(kept, "query Dear { number }")
    assert looks.at == {"Dear": 1}


def test_a_refusal_says_where_but_keeps_no_document(looks: Looks) -> None:
    errors = refusal(documents(looks), "query A { a b }")

    assert [(error.message, error.locations[0].formatted) for error in errors if error.locations] == [
        ("Cannot query field 'a' on type 'Query'.", {"line": 1, "column": 11}),
        ("Cannot query field 'b' on type 'Query'.", {"line": 1, "column": 13}),
    ]
    assert all(error.nodes is None and error.__traceback__ is None for error in errors)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "Syntax Error: Expected Name, found <EOF>."),
        ("{ number " * 3, "Syntax Error: Expected Name, found '{'."),
        ("{ number }" * 20, "Syntax Error: Document contains more than 50 tokens. Parsing aborted."),
        ("fragment F on Query { number }", "Must provide an operation."),
    ],
)
def test_what_is_no_document_is_refused(looks: Looks, text: str, reason: str) -> None:
    errors = refusal(documents(looks), text)

    assert reason.partition(",")[0] in errors[0].message
    assert isinstance(errors[0], GraphQLSyntaxError) is reason.startswith("Syntax")


def test_a_document_nested_too_deeply_to_be_parsed_or_examined_is_refused(looks: Looks) -> None:
    def examine(document: DocumentNode, schema: GraphQLSchema) -> str:
        return examine(document, schema)

    deep = refusal(Documents(SCHEMA, check=anything, examine=looks.examine), "{ deep " * 3000 + "}" * 3000)
    endless = refusal(Documents(SCHEMA, check=anything, examine=examine), "{ number }")

    assert [error.message for error in [*deep, *endless]] == [
        "Syntax Error: Document is nested too deeply. Parsing aborted.",
        "The document is nested too deeply.",
    ]


def test_the_check_comes_before_validation(looks: Looks) -> None:
    def check(document: DocumentNode) -> None:
        raise GraphQLError("too large")

    kept = Documents(SCHEMA, check=check, examine=looks.examine)

    assert [error.message for error in refusal(kept, "query A { invalid }")] == ["too large"]


def test_no_more_documents_are_kept_than_allowed(looks: Looks) -> None:
    kept = documents(looks, CacheLimits(documents=3, characters=3000))
    for name in ["A", "B", "C", "A", "D", "A", "B"]:
        kept.of(f"query {name} {{ number }}")

    assert looks.at == {"A": 1, "B": 2, "C": 1, "D": 1}


def test_large_documents_leave_room_for_fewer(looks: Looks) -> None:
    kept = documents(looks, CacheLimits(documents=3, characters=300))
    for name in ["A", "B", "A", "B"]:
        kept.of(f"query {name} {{ number }} #".ljust(200))
    kept.of("query C { number } #".ljust(400))
    kept.of("query C { number } #".ljust(400))

    assert looks.at == {"A": 2, "B": 2, "C": 2}


def test_refused_documents_do_not_take_the_place_of_others(looks: Looks) -> None:
    kept = documents(looks, CacheLimits(documents=2, characters=2000))
    kept.of("query A { number }")
    for number in range(10):
        refusal(kept, f"query Dear {{ number(plus: {number}) }}")
    refusal(kept, "query Dear { number(plus: 9) }")
    kept.of("query A { number }")

    assert looks.at == {"A": 1, "Dear": 10}


async def test_a_pinned_document_stays_and_is_compiled_at_once(looks: Looks) -> None:
    schema = CompiledSchema(query=Query, limits=Limits(compile_after=1000))
    kept = Documents(
        schema,
        check=anything,
        examine=looks.examine,
        max_tokens=5,
        limits=CacheLimits(documents=1, characters=100),
    )
    text = "query A { one: number two: number }"
    pinned = kept.pin(text)
    kept.of("query B { number }")

    assert kept.of(text) is pinned is kept.known(pinned.digest) is kept.pin(text)
    assert (await schema.carry_out(pinned.operation("A"))).data == {"one": 42, "two": 42}
    assert schema.compiled.statistics().executed == 1


def test_the_operation_must_be_clear(looks: Looks) -> None:
    two = documents(looks).of("query A { number } mutation B { change }")

    assert [(two.operation(name).name, two.operation(name).kind.value) for name in ("A", "B")] == [
        ("A", "query"),
        ("B", "mutation"),
    ]
    assert two.operation("A") is two.operation("A")
    for name, reason in ((None, "Must provide operation name"), ("C", 'Unknown operation named "C"')):
        with pytest.raises(GraphQLError, match=reason):
            two.operation(name)


async def test_an_operation_is_compiled_before_it_is_asked_for(looks: Looks) -> None:
    schema = CompiledSchema(query=Query, limits=Limits(compile_after=1000, share=0, at_once=0))
    kept = Documents(schema, check=anything, examine=looks.examine)
    fields = "number @skip(if: $less) deep @include(if: $more) { number }"
    text = f"query A($less: Boolean = false, $more: Boolean!) {{ {fields} }}"
    operation = kept.pin(text).operation("A")
    schema.compile_now(operation)
    schema.compile_now(operation)

    assert (schema.compiled.statistics().variants, schema.compiled.statistics().executed) == (1, 0)
    assert (await schema.carry_out(operation, {"more": True})).data == {"number": 42, "deep": {"number": 42}}
    assert (await schema.carry_out(operation, {"more": False})).data == {"number": 42}
    assert (schema.compiled.statistics().variants, schema.compiled.statistics().executed) == (1, 1)
    assert schema.compiled.statistics().left == {"compiling has had its share of the time": 1}


def test_what_cannot_be_compiled_is_left_until_it_is_asked_for(looks: Looks) -> None:
    kept = documents(looks)
    SCHEMA.compile_now(kept.pin("query Names { __schema { queryType { name } } }").operation(None))

    assert SCHEMA.compiled.statistics().left == {}
