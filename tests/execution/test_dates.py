"""Dates and times that stay what they are: orjson writes of them what Strawberry writes."""

import datetime
from zoneinfo import ZoneInfo

import orjson
import strawberry

from gateway.execution import CompiledSchema, Limits
from tests.execution.unchecked import unchecked

JAPAN = ZoneInfo("Asia/Tokyo")
TIMES = [
    datetime.datetime(2026, 11, 22, 9, 30, tzinfo=JAPAN),
    datetime.datetime(2026, 11, 22, 9, 30, 15, 120_000, tzinfo=datetime.UTC),
    datetime.datetime(
        2026, 11, 22, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=-3, minutes=-30))
    ),
    datetime.datetime(2026, 11, 22, 9, 30),  # noqa: DTZ001 - one without a zone
    datetime.datetime(9, 1, 2, 3, 4, 5, 6, tzinfo=datetime.UTC),
]


class Day(datetime.date):
    """A kind of date that orjson does not know."""


@strawberry.type
class Calendar:
    day: datetime.date = datetime.date(987, 6, 5)
    own_day: datetime.date = Day(2026, 11, 22)
    no_day: datetime.date | None = None
    clock: datetime.time = datetime.time(9, 30, tzinfo=datetime.UTC)

    @strawberry.field
    def times(self) -> list[datetime.datetime]:
        return TIMES

    @strawberry.field
    def broken(self) -> datetime.date | None:
        return "today"  # type: ignore[return-value]


@strawberry.type
class Query:
    @strawberry.field
    def calendar(self) -> Calendar:
        return Calendar()


TEXT = "{ calendar { day ownDay noDay clock times broken } }"


async def test_kept_dates_are_written_as_strawberry_writes_them() -> None:
    schema = CompiledSchema(query=Query, limits=Limits(compile_after=1), keeps_dates=True)
    expected = await strawberry.Schema(query=Query).execute(TEXT)
    answer = await schema.carry_out(unchecked(schema).of(TEXT).operation(None))

    assert schema.compiled.statistics().executed == 1
    assert answer.data is not None
    assert answer.data["calendar"]["times"] == TIMES
    assert orjson.dumps(answer.data) == orjson.dumps(expected.data)
    assert [repr(error) for error in answer.errors or ()] == [repr(error) for error in expected.errors or ()]
