"""The public contract: printed, described, guarded, and never broken in silence."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    find_breaking_changes,
    get_named_type,
    is_introspection_type,
    is_specified_scalar_type,
)

from gateway.schema.build import printed_schema

ROOT = Path(__file__).parents[2]
RELEASED = Path(__file__).parent / "released.graphql"
"""The schema of the last release; a release copies schema.graphql over it."""

PERMISSIONS = {
    "public",
    "hasSession",
    "isRegistering",
    "maySetPassword",
    "isSignedIn",
    "isMember",
    "isMemberOrGuardian",
    "isStaff",
}

WAYS_TO_A_MEMBER = {"MemberEdge.node", "Query.member", "Viewer.member"}
"""Reviewed: each authorises the viewer in `gateway.resolvers.members` before it gives a member."""

PUBLIC_ROOT_FIELDS = {
    "Query.coop",
    "Query.coops",
    "Query.viewer",
    "Mutation.signIn",
    "Mutation.verifyAuthCode",
    "Mutation.startRegistration",
    "Mutation.confirmRegistration",
    "Mutation.requestLoginIdReminder",
    "Mutation.requestPasswordReset",
    "Mutation.resetPassword",
    "Mutation.confirmEmail",
    "Mutation.submitInquiry",
}
"""Reviewed: gives nothing personal, or only what is the viewer's own.

The mutations are throttled, or need a secret that was mailed to the owner; none says whether an account exists, but
startRegistration by A25 and A26.
"""


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema(printed_schema())


def own_types(schema: GraphQLSchema) -> Iterator[GraphQLNamedType]:
    return (
        each
        for each in schema.type_map.values()
        if not is_introspection_type(each) and not is_specified_scalar_type(each)
    )


def fields_of(schema: GraphQLSchema) -> Iterator[tuple[str, object]]:
    for each in own_types(schema):
        if isinstance(each, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            yield from ((f"{each.name}.{name}", field) for name, field in each.fields.items())


def undescribed(schema: GraphQLSchema) -> Iterator[str]:
    for each in own_types(schema):
        if not each.description:
            yield each.name
        if isinstance(each, GraphQLEnumType):
            yield from (f"{each.name}.{name}" for name, value in each.values.items() if not value.description)
    for name, field in fields_of(schema):
        if not field.description:  # type: ignore[attr-defined]  # every kind of field has one
            yield name
        for argument, definition in getattr(field, "args", {}).items():
            if not definition.description:
                yield f"{name}({argument}:)"


def test_every_type_field_argument_and_value_is_described(schema: GraphQLSchema) -> None:
    assert list(undescribed(schema)) == []


def directives(field: object) -> set[str]:
    return {directive.name.value for directive in field.ast_node.directives}  # type: ignore[attr-defined]


def root_fields(schema: GraphQLSchema) -> dict[str, object]:
    return {name: field for name, field in fields_of(schema) if name.startswith(("Query.", "Mutation."))}


def test_every_root_field_declares_exactly_one_permission(schema: GraphQLSchema) -> None:
    permissions = {name: directives(field) & PERMISSIONS for name, field in root_fields(schema).items()}

    assert [name for name, declared in permissions.items() if len(declared) != 1] == []


def test_the_public_root_fields_are_the_reviewed_ones(schema: GraphQLSchema) -> None:
    public = {name for name, field in root_fields(schema).items() if "public" in directives(field)}

    assert public == PUBLIC_ROOT_FIELDS


def test_a_member_is_reached_only_where_the_viewer_is_authorised(schema: GraphQLSchema) -> None:
    ways = {
        name
        for name, field in fields_of(schema)
        if get_named_type(field.type).name == "Member"  # type: ignore[attr-defined]  # likewise
    }

    assert ways == WAYS_TO_A_MEMBER


def test_the_committed_schema_is_the_present_one() -> None:
    committed = (ROOT / "schema.graphql").read_text(encoding="utf-8")

    assert committed == printed_schema(), "schema.graphql is stale: run `make schema`"


def test_whatever_breaks_clients_of_the_last_release_stands_in_the_changelog(schema: GraphQLSchema) -> None:
    released = build_schema(RELEASED.read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    breaking = [change.description for change in find_breaking_changes(released, schema)]

    assert [description for description in breaking if description not in changelog] == []
