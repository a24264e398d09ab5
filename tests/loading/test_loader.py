"""Loading within one request: aiodataloader's semantics, and whole lists by one call."""

import asyncio
from collections.abc import Sequence

import pytest

from gateway.loading import Loader


class Letters:
    """Knows every letter in capitals; "?" is an error of its own, "!" makes a read fail."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.goes_on = asyncio.Event()
        self.goes_on.set()

    async def read(self, keys: Sequence[str]) -> dict[str, str | Exception]:
        self.asked.append(list(keys))
        await self.goes_on.wait()
        if "!" in keys:
            raise ConnectionError("away")
        return {key: LookupError(key) if key == "?" else key.upper() for key in keys}


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
async def loader(letters: Letters) -> Loader[str, str]:
    return Loader(letters.read)


async def test_what_is_asked_for_in_one_turn_is_asked_for_together_and_once(
    letters: Letters, loader: Loader[str, str]
) -> None:
    assert await asyncio.gather(*map(loader.load, "aba")) == ["A", "B", "A"]
    assert await loader.load("a") == "A"

    assert letters.asked == [["a", "b"]]


async def test_each_key_has_its_own_error_and_keeps_it(letters: Letters, loader: Loader[str, str]) -> None:
    found = await asyncio.gather(*map(loader.load, "a?"), return_exceptions=True)

    assert found[0] == "A"
    assert isinstance(found[1], LookupError)
    with pytest.raises(LookupError):
        await loader.load("?")
    assert letters.asked == [["a", "?"]]


async def test_a_read_that_fails_is_everybodys_error_and_is_asked_for_again(
    letters: Letters, loader: Loader[str, str]
) -> None:
    failed = await asyncio.gather(*map(loader.load, "a!"), return_exceptions=True)

    assert [type(error) for error in failed] == [ConnectionError, ConnectionError]
    assert await loader.load("a") == "A"
    assert letters.asked == [["a", "!"], ["a"]]


async def test_a_list_is_one_call_with_an_outcome_for_each_key(
    letters: Letters, loader: Loader[str, str]
) -> None:
    found = await loader.load_each(["a", "?", "b"])

    assert (found["a"], found["b"]) == ("A", "B")
    assert isinstance(found["?"], LookupError)
    with pytest.raises(LookupError):
        await loader.load_all(["a", "?"])
    with pytest.raises(LookupError):
        await loader.load("?")
    assert await loader.load_all(["b", "a"]) == {"b": "B", "a": "A"}
    assert letters.asked == [["a", "?", "b"]]


async def test_a_list_asks_for_what_is_not_known_or_under_way(
    letters: Letters, loader: Loader[str, str]
) -> None:
    letters.goes_on.clear()
    one, first = loader.load("a"), asyncio.ensure_future(loader.load_each(["b", "c"]))
    await asyncio.sleep(0)
    second, again = asyncio.ensure_future(loader.load_each(["a", "c", "d", "e"])), loader.load("c")
    await asyncio.sleep(0)
    letters.goes_on.set()

    assert await one == "A"
    assert await again == "C"
    assert await first == {"b": "B", "c": "C"}
    assert await second == {"a": "A", "c": "C", "d": "D", "e": "E"}
    assert sorted(letters.asked) == [["a"], ["b", "c"], ["d", "e"]]


async def test_a_list_that_fails_is_asked_for_again(letters: Letters, loader: Loader[str, str]) -> None:
    with pytest.raises(ConnectionError):
        await loader.load_each(["a", "!"])

    assert await loader.load_each(["a", "b"]) == {"a": "A", "b": "B"}
    assert letters.asked == [["a", "!"], ["a", "b"]]


async def test_who_gives_up_waiting_for_a_list_takes_it_from_nobody(
    letters: Letters, loader: Loader[str, str]
) -> None:
    letters.goes_on.clear()
    gives_up, waits = (asyncio.ensure_future(loader.load_each(["a", "b"])) for _ in range(2))
    await asyncio.sleep(0)
    gives_up.cancel()
    await asyncio.sleep(0)
    letters.goes_on.set()

    assert await waits == {"a": "A", "b": "B"}
    assert gives_up.cancelled()
    assert letters.asked == [["a", "b"]]


async def test_what_is_cleared_is_asked_for_again_and_what_is_primed_is_not(
    letters: Letters, loader: Loader[str, str]
) -> None:
    await loader.load_each(["a", "b", "c"])
    loader.clear("a")
    loader.prime("a", "Ä")

    assert await loader.load_all(["a", "b"]) == {"a": "Ä", "b": "B"}
    loader.clear_all()
    assert await loader.load_each(["a", "b"]) == {"a": "A", "b": "B"}
    assert letters.asked == [["a", "b", "c"], ["a", "b"]]
