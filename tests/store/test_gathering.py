"""Gathering, without a database: who leaves with whom, and what becomes of them."""

import asyncio
from collections.abc import Callable, Sequence
from random import Random

import pytest

from gateway.errors import ServiceUnavailable
from gateway.store.gathering import Gathering


class Statements:
    """Answers a wish with its tenfold. Each statement waits until it `may_end`; `left` is what left together."""

    def __init__(self) -> None:
        self.left: list[list[int]] = []
        self.given_up: list[list[int]] = []
        self.may_end = asyncio.Event()
        self.has_left = asyncio.Event()
        self.faults: dict[int, Callable[[], Exception]] = {}
        self.gathering: Gathering[int, int] = Gathering(self._carry_out)

    async def _carry_out(self, wishes: Sequence[int]) -> Sequence[int]:
        self.left.append(list(wishes))
        self.has_left.set()
        try:
            await self.may_end.wait()
        except asyncio.CancelledError:
            self.given_up.append(list(wishes))
            raise
        for wish in wishes:
            if wish in self.faults:
                raise self.faults[wish]()
        return [10 * wish for wish in wishes]

    def ask(self, *wishes: int) -> "list[asyncio.Task[int]]":
        """Asks for each by itself."""
        return [asyncio.ensure_future(self.gathering(wish)) for wish in wishes]

    async def asked_first(self, *wishes: int) -> "list[asyncio.Task[int]]":
        """Asks, and returns as soon as they have left."""
        tasks = self.ask(*wishes)
        await self.has_left.wait()
        return tasks


@pytest.fixture
async def statements() -> Statements:
    return Statements()


async def test_what_is_asked_in_the_same_breath_leaves_together(statements: Statements) -> None:
    statements.may_end.set()
    assert await asyncio.gather(*statements.ask(1, 2, 3)) == [10, 20, 30]
    assert statements.left == [[1, 2, 3]]


async def test_what_is_asked_while_a_statement_is_under_way_leaves_together_when_it_is_back(
    statements: Statements,
) -> None:
    tasks = await statements.asked_first(1) + statements.ask(2, 3, 1)
    await asyncio.sleep(0)
    assert statements.left == [[1]]
    statements.may_end.set()
    assert await asyncio.gather(*tasks) == [10, 20, 30, 10]
    assert statements.left == [[1], [2, 3, 1]]


async def test_after_a_rest_it_is_asked_at_once_again(statements: Statements) -> None:
    statements.may_end.set()
    assert [await statements.gathering(1), await statements.gathering(2)] == [10, 20]
    assert statements.left == [[1], [2]]


async def test_an_asker_who_is_cancelled_cancels_nobody_else(statements: Statements) -> None:
    leaves, stays = await statements.asked_first(1, 2)
    leaves.cancel()
    statements.may_end.set()
    assert await stays == 20
    assert leaves.cancelled()
    assert (statements.left, statements.given_up) == ([[1, 2]], [])


async def test_who_is_cancelled_while_waiting_is_not_asked_for(statements: Statements) -> None:
    (first,) = await statements.asked_first(1)
    leaves, stays = statements.ask(2, 3)
    await asyncio.sleep(0)
    leaves.cancel()
    statements.may_end.set()
    assert [await first, await stays] == [10, 30]
    assert statements.left == [[1], [3]]


async def test_who_is_cancelled_before_anything_has_left_is_not_asked_for(statements: Statements) -> None:
    (task,) = statements.ask(1)
    await asyncio.sleep(0)
    task.cancel()
    statements.may_end.set()
    assert await statements.gathering(2) == 20
    assert statements.left == [[2]]


async def test_a_statement_that_nobody_waits_for_is_given_up_and_the_next_leaves(
    statements: Statements,
) -> None:
    first = await statements.asked_first(1, 2)
    (next_one,) = statements.ask(3)
    for task in first:
        task.cancel()
    statements.may_end.clear()
    await asyncio.gather(*first, return_exceptions=True)
    statements.may_end.set()
    assert await next_one == 30
    assert (statements.left, statements.given_up) == ([[1, 2], [3]], [[1, 2]])


async def test_the_database_away_is_told_to_all_aboard_and_nothing_is_tried_twice(
    statements: Statements,
) -> None:
    statements.faults[2] = ServiceUnavailable
    tasks = await statements.asked_first(1, 2)
    later = statements.ask(3)
    statements.may_end.set()
    failures = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(failure) for failure in failures] == [ServiceUnavailable, ServiceUnavailable]
    assert await later[0] == 30
    assert statements.left == [[1, 2], [3]]


async def test_a_wish_at_fault_fails_alone(statements: Statements) -> None:
    statements.faults[2] = ValueError
    tasks = await statements.asked_first(1, 2, 3)
    statements.may_end.set()
    one, two, three = await asyncio.gather(*tasks, return_exceptions=True)
    assert (one, three) == (10, 30)
    assert isinstance(two, ValueError)
    assert statements.left == [[1, 2, 3], [1], [2], [3]]


async def test_the_error_of_a_wish_at_fault_does_not_carry_the_one_of_all_together(
    statements: Statements,
) -> None:
    """That one may name the values of others, and errors are logged with what they come from."""
    statements.faults[2] = ValueError
    statements.may_end.set()
    _, two = await asyncio.gather(*statements.ask(1, 2), return_exceptions=True)
    assert isinstance(two, ValueError)
    assert (two.__context__, two.__cause__) == (None, None)


async def test_whoever_has_left_is_not_asked_for_again_after_a_fault(statements: Statements) -> None:
    statements.faults[2] = ValueError
    leaves, fails, stays = await statements.asked_first(1, 2, 3)
    leaves.cancel()
    statements.may_end.set()
    assert await stays == 30
    assert isinstance(await asyncio.gather(fails, return_exceptions=True), list)
    assert statements.left == [[1, 2, 3], [2], [3]]


async def _turns(chance: Random, at_most: int) -> None:
    """The event loop turns a few times."""
    for _ in range(chance.randrange(at_most)):
        await asyncio.sleep(0)


@pytest.mark.parametrize("seed", range(100))
async def test_in_whatever_order_people_ask_and_leave_everybody_who_stays_gets_their_own_answer(
    seed: int,
) -> None:
    """Every seventh wish is at fault, and now and then the database is away."""
    chance = Random(seed)  # noqa: S311 - no secret

    async def carry_out(wishes: Sequence[int]) -> Sequence[int]:
        await _turns(chance, 6)
        if chance.random() < 0.1:
            raise ServiceUnavailable
        if any(wish % 7 == 0 for wish in wishes):
            raise ValueError("at fault")
        return [10 * wish for wish in wishes]

    gathering = Gathering(carry_out)

    async def ask(wish: int) -> int | str:
        await _turns(chance, 20)
        try:
            return await gathering(wish)
        except (ServiceUnavailable, ValueError) as error:
            return type(error).__name__

    async def leave(task: "asyncio.Task[int | str]") -> None:
        await _turns(chance, 25)
        task.cancel()

    async with asyncio.timeout(10):
        tasks = [asyncio.ensure_future(ask(wish)) for wish in range(1, 60)]
        await asyncio.gather(*(leave(task) for task in chance.sample(tasks, 20)))
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    for wish, outcome in enumerate(outcomes, start=1):
        answer = "ValueError" if wish % 7 == 0 else 10 * wish
        assert outcome in (answer, "ServiceUnavailable") or isinstance(outcome, asyncio.CancelledError)
