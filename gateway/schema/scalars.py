"""The scalars of the contract and how they read and write."""

import re
from typing import Any, NewType
from uuid import UUID

import strawberry
from graphql import GraphQLError

from adapters.records import MemberNumber, YearMonth
from gateway.errors import BadInput
from gateway.rules.member_numbers import MemberNumberError, normalise

Yen = NewType("Yen", int)
CoopCode = NewType("CoopCode", str)
EmailAddress = NewType("EmailAddress", str)
IdempotencyKey = NewType("IdempotencyKey", UUID)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise GraphQLError(f"Expected a string, found {type(value).__name__}.")
    return value


def parse_member_number(value: Any) -> MemberNumber:
    """Any width, spaces and hyphens are accepted (A4, A5); the co-op's own format is checked where it is used."""
    try:
        return normalise(_text(value))
    except MemberNumberError as error:
        raise BadInput("number", str(error)) from error


def parse_year_month(value: Any) -> YearMonth:
    """`2020-04`."""
    found = re.fullmatch(r"([1-9][0-9]{3})-(0[1-9]|1[0-2])", _text(value))
    if found is None:
        raise GraphQLError('A month is written as year and month, such as "2020-04".')
    return YearMonth(int(found[1]), int(found[2]))


def parse_idempotency_key(value: Any) -> IdempotencyKey:
    """A UUID in its usual form, such as `crypto.randomUUID()` gives."""
    try:
        return IdempotencyKey(UUID(_text(value)))
    except ValueError as error:
        raise GraphQLError(
            'An idempotency key is a UUID, such as "7f3c1f52-6f7e-4c34-9d3f-0a1f6a6f2b11".'
        ) from error


def parse_yen(value: Any) -> Yen:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise GraphQLError("Yen are whole numbers.")
    return Yen(value)


SCALARS: dict[object, Any] = {
    Yen: strawberry.scalar(
        name="Yen",
        description="円: whole Japanese yen, as an integer. Not limited to 32 bits.",
        serialize=int,
        parse_value=parse_yen,
    ),
    CoopCode: strawberry.scalar(
        name="CoopCode",
        description='Names a co-op (生協), such as "hirosaki" or "hokkaido".',
        serialize=str,
        parse_value=_text,
    ),
    MemberNumber: strawberry.scalar(
        name="MemberNumber",
        description="組合員番号: half-width digits; how many, and how they begin, is the co-op's rule. "
        "Input may hold spaces and hyphens and digits of any width (A3–A5).",
        serialize=str,
        parse_value=parse_member_number,
    ),
    YearMonth: strawberry.scalar(
        name="YearMonth",
        description='A calendar month in Japan, such as "2020-04".',
        serialize=str,
        parse_value=parse_year_month,
    ),
    EmailAddress: strawberry.scalar(
        name="EmailAddress",
        description="メールアドレス, as it is registered.",
        serialize=str,
        parse_value=_text,
    ),
    IdempotencyKey: strawberry.scalar(
        name="IdempotencyKey",
        description="A UUID that the client makes up once for each intention and sends again with every resend: "
        "the same key with the same input is carried out once and gets the first answer.",
        serialize=str,
        parse_value=parse_idempotency_key,
    ),
}
