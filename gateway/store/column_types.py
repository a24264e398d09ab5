"""How values of the domain lie in the database."""

from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from gateway.clock import JAPAN

E = TypeVar("E", bound=Enum)


class JapanTime(TypeDecorator[datetime]):
    """An instant; it comes back in Japan time, whatever the session's time zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else value.astimezone(JAPAN)


class StoredText(TypeDecorator[str]):
    """Text from outside, made `storable`."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, longest: int | None = None) -> None:
        """`longest`: so many characters are kept, where the rest is of no use to anybody."""
        super().__init__()
        self.longest = longest

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else storable(value[: self.longest])


def storable(text: str) -> str:
    """Text as PostgreSQL can hold it, in columns and in JSON: NUL becomes U+FFFD, half a surrogate pair "?"."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


class Code(TypeDecorator[E]):
    """A member of an enum, kept as the text of its value."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, enum: type[E]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> E | None:
        return None if value is None else self.enum(value)
