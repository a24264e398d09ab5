"""Whoever is in line is let in when a place gets free, or while those who have one leave the process little to do."""

import asyncio
from time import thread_time
from types import NoneType

from gateway.errors import Overloaded
from gateway.http.places import LOOKS_AFTER, Places
from tests.running.eventually import eventually

AN_HOUR = 3600.0


class Guests:
    """They stay until they are let go."""

    def __init__(self, places: Places) -> None:
        self.inside = 0
        self.let_go = asyncio.Event()
        self._places = places

    async def come(self) -> None:
        """One more."""
        async with self._places:
            self.inside += 1
            await self.let_go.wait()
            self.inside -= 1

    def several(self, number: int) -> list[asyncio.Task[None]]:
        """So many more."""
        return [asyncio.create_task(self.come()) for _ in range(number)]

    async def until_inside(self, number: int) -> None:
        """Waits for so many."""

        async def are_inside() -> bool:
            return self.inside >= number

        await eventually(are_inside)


async def work(seconds: float) -> None:
    """Keeps the event loop busy, which gets a turn now and then."""
    ends = thread_time() + seconds
    while thread_time() < ends:
        turn_ends = thread_time() + LOOKS_AFTER
        while thread_time() < turn_ends:
            pass
        await asyncio.sleep(0)


async def test_while_there_is_little_to_do_more_are_let_in_and_no_more_than_that() -> None:
    guests = Guests(Places(at_once=2, in_line=10, patience=2.0, held_up=6))
    asked = guests.several(10)
    await guests.until_inside(8)
    await asyncio.wait(asked, return_when=asyncio.FIRST_EXCEPTION)

    assert guests.inside == 8
    guests.let_go.set()
    came = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(each) for each in came] == [NoneType] * 8 + [Overloaded] * 2


async def test_while_there_is_much_to_do_nobody_is_let_in_beyond_the_places() -> None:
    guests = Guests(Places(at_once=2, in_line=10, patience=AN_HOUR, held_up=6))
    asked = guests.several(4)
    await work(20 * LOOKS_AFTER)

    assert guests.inside == 2
    await guests.until_inside(4)
    guests.let_go.set()
    await asyncio.gather(*asked)


async def test_who_was_let_in_beyond_the_places_leaves_as_many_behind_as_there_were() -> None:
    guests = Guests(Places(at_once=1, in_line=10, patience=AN_HOUR, held_up=2))
    asked = guests.several(3)
    await guests.until_inside(3)
    guests.let_go.set()
    await asyncio.gather(*asked)
    guests.let_go.clear()
    again = guests.several(3)
    await work(5 * LOOKS_AFTER)

    assert guests.inside == 1
    await guests.until_inside(3)
    guests.let_go.set()
    await asyncio.gather(*again)


async def test_whose_turn_comes_just_as_they_leave_gives_the_place_back() -> None:
    places = Places(at_once=1, in_line=2, patience=AN_HOUR)
    guests = Guests(places)
    (first, leaving, last) = guests.several(3)
    await guests.until_inside(1)
    guests.let_go.set()
    await first
    leaving.cancel()

    await asyncio.wait({leaving})
    await last
    assert guests.inside == 0
    places.check()
