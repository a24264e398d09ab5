"""The small form of `python -m tests.fuzzing`."""

from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from gateway.store import Store
from tests.fuzzing.figures import table_of
from tests.fuzzing.operations import root_fields, schema
from tests.fuzzing.people import People
from tests.fuzzing.rounds import Fuzzing

EXAMPLES = 10
"""Of each root field."""
AT_MOST_SECONDS = 31.0
"""The deadline of the tests' gateway, and the second in which it says that it is too late."""


@pytest.fixture
async def fuzzing(gateway_app: Starlette, seeded_database: str) -> AsyncIterator[Fuzzing]:
    """Everybody, before a gateway of the test's own."""
    store = Store.open(seeded_database, connections=1)
    yield Fuzzing(await People.before(gateway_app, store), AT_MOST_SECONDS)
    await store.close()


async def test_whatever_is_asked_nothing_fails_and_nothing_leaks(fuzzing: Fuzzing) -> None:
    """Fixed seed: the same operations every time, ten of each root field and by everybody in turn."""
    await fuzzing.round(root_fields(schema()), number=1, examples=EXAMPLES)

    assert fuzzing.figures.findings == {}, table_of(fuzzing.figures)
    assert set(fuzzing.figures.by_root_field) == set(root_fields(schema()))
    assert fuzzing.figures.by_outcome["data"] > 0
