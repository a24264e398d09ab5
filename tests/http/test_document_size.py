"""How large an operation is, counted before it is validated."""

import time

import pytest
from graphql import OperationDefinitionNode, parse

from gateway.http.document_size import Breadth, Measure, Size, size_excess
from gateway.limit_settings import LimitSettings

LIMITS = LimitSettings()


def size(document: str) -> Size:
    return Measure(parse(document)).size(first_operation(document))


def breadth(document: str, at_most: int = 1000) -> Breadth:
    return Measure(parse(document)).breadth(first_operation(document), at_most)


def first_operation(document: str) -> OperationDefinitionNode:
    (definition, *_) = parse(document).definitions
    assert isinstance(definition, OperationDefinitionNode)
    return definition


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ("{ a }", Size(depth=1)),
        ("{ a { b } c }", Size(depth=2)),
        ("{ x: a { y: b } }", Size(depth=2, aliases=2)),
        ("{ a @skip(if: true) ... @include(if: true) { b } }", Size(depth=1, directives=2)),
        ("query @a { b ...F @c } fragment F on T @d { e @f }", Size(depth=1, directives=4)),
        ("{ a { ...F } ...F } fragment F on T { x: b { c } }", Size(depth=3, aliases=2)),
    ],
)
def test_depth_aliases_and_directives_count_wherever_a_fragment_is_spread(document: str, found: Size) -> None:
    assert size(document) == found


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ("{ a b c }", Breadth(root_fields=3, height=3)),
        ("{ a a a }", Breadth(root_fields=1, height=1, repetitions=2)),
        ("{ a { b } a { c b } }", Breadth(root_fields=1, height=3, repetitions=2)),
        ("{ x: a { b } y: a { b } }", Breadth(root_fields=2, height=4)),
        ("{ ...F ...F } fragment F on T { a { b } }", Breadth(root_fields=1, height=2)),
        ("{ ... on T { a } ... { a b } }", Breadth(root_fields=2, height=2, repetitions=1)),
        ("{ __schema { types { name } } a }", Breadth(root_fields=2, height=2)),
    ],
)
def test_fields_count_as_they_are_answered(document: str, found: Breadth) -> None:
    assert breadth(document) == found


def test_fragments_that_name_one_another_come_to_an_end() -> None:
    circular = "{ ...A } fragment A on T { a { ...B } } fragment B on T { b { ...A } }"

    assert breadth(circular, at_most=200).height == 201
    assert size(circular).depth == 2


def test_what_multiplies_with_every_level_is_counted_no_further_than_the_limit() -> None:
    """Ten levels of twenty aliases each would be 20 ** 10 fields."""
    level = " ".join(f"a{n}: f {{ ...NEXT }}" for n in range(20))
    fragments = " ".join(f"fragment F{n} on T {{ {level.replace('NEXT', f'F{n + 1}')} }}" for n in range(10))
    document = parse(f"{{ ...F0 }} {fragments} fragment F10 on T {{ end }}")
    started = time.monotonic()

    assert size_excess(document, LimitSettings(max_aliases=10**20, max_root_fields=20)) is not None
    assert time.monotonic() - started < 1


def test_the_first_limit_is_told_and_no_other() -> None:
    excess = size_excess(parse("{ " + " ".join(f"a{n}: b" for n in range(40)) + " }"), LIMITS)

    assert excess is not None
    assert (excess.limit, excess.found, excess.allowed) == ("aliases", 40, 30)


def test_queries_are_no_mutations() -> None:
    fields = "a b c d e"

    assert size_excess(parse(f"query {{ {fields} }}"), LIMITS) is None
    excess = size_excess(parse(f"mutation {{ {fields} }}"), LIMITS)
    assert excess is not None
    assert excess.limit == "mutations"


def test_each_operation_of_a_document_is_held_to_the_limits() -> None:
    too_many = " ".join(f"f{n}" for n in range(21))

    excess = size_excess(parse(f"query A {{ a }} query B {{ {too_many} }}"), LIMITS)

    assert excess is not None
    assert excess.limit == "root_fields"
