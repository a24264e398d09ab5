"""The operations GraphiQL opens with."""

from pathlib import Path

import pytest
from graphql import OperationDefinitionNode, parse

from gateway.http.graphiql.config import Example
from gateway.http.graphiql.example_files import load_examples


def operation(example: Example) -> OperationDefinitionNode:
    [definition] = parse(example.query).definitions
    assert isinstance(definition, OperationDefinitionNode)
    return definition


def test_the_examples_are_for_a_member_of_either_coop_a_guardian_and_staff() -> None:
    assert [example.title for example in load_examples()] == [
        "Home screen of a Hirosaki University Co-op member",
        "Home screen of a Hokkaido School Co-op member",
        "History page: what a member bought and paid in",
        "A guardian's view of the student",
        "Staff: a page of the co-op's members",
        "A member asks for Web points as prepaid money",
    ]


@pytest.mark.parametrize("example", load_examples(), ids=lambda example: example.title)
def test_an_example_is_one_operation_whose_name_becomes_the_title_of_its_tab(example: Example) -> None:
    assert operation(example).name is not None


@pytest.mark.parametrize("example", load_examples(), ids=lambda example: example.title)
def test_an_example_gives_a_value_to_every_variable_it_declares(example: Example) -> None:
    declared = {each.variable.name.value for each in operation(example).variable_definitions or ()}
    assert declared == set(example.variables)


def test_a_file_without_a_title_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "1-untitled.graphql").write_text("query Untitled { viewer { account { loginId } } }\n")
    with pytest.raises(ValueError, match=r"1-untitled\.graphql: begin the file with a line '# Title'"):
        load_examples(tmp_path)
