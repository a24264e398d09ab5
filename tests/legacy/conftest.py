"""One POS back office for every test that changes nothing in it."""

from collections.abc import AsyncIterator

import pytest

from tests.legacy.pos_client import Pos, running_pos


@pytest.fixture(scope="session")
async def running_back_office() -> AsyncIterator[Pos]:
    """The program."""
    async with running_pos() as pos:
        yield pos


@pytest.fixture
async def pos(running_back_office: Pos) -> AsyncIterator[Pos]:
    """The program, with no fault and no count left over from another test."""
    await running_back_office.http.delete("/_faults")
    await running_back_office.http.delete("/_calls")
    yield running_back_office
    await running_back_office.http.delete("/_faults")
