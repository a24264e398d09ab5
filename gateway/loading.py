"""Loading within one request: `aiodataloader`, and whole lists at once."""

from asyncio import Future, Task, get_running_loop, shield
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar, cast

from aiodataloader import DataLoader

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Loader(DataLoader[K, V]):
    """A dataloader over one batch read, which answers for every key; an exception as a value is its key's error.

    `load` is aiodataloader's. `load_each` and `load_all` ask for a whole list by one call, and make no future for each
    of its keys until somebody loads one by itself.
    """

    def __init__(self, read: Callable[[list[K]], Awaitable[Mapping[K, Any]]]) -> None:
        # Not aiodataloader's own, which inspects the function: a home screen makes fourteen loaders.
        self.loop = get_running_loop()
        self._read = read
        self._cache = {}
        self._asked: list[tuple[K, Future[V]]] = []
        self._lists: dict[K, Task[Mapping[K, Any]]] = {}

    async def read(self, keys: list[K]) -> Mapping[K, Any]:
        """Asks for these keys, none of which has been asked for."""
        return await self._read(keys)

    def get_cache_key(self, key: K) -> K:
        """Keys are remembered as they are."""
        return key

    async def load_each(self, keys: Sequence[K]) -> Mapping[K, V | Exception]:
        """The value of each key, or its error; raises when nothing could be asked for."""
        if len(keys) == 1:
            return {keys[0]: await self._outcome(keys[0])}
        unknown = [key for key in keys if key not in self._lists and key not in self._cache]
        if unknown:
            call = self.loop.create_task(self._list(unknown))
            self._lists.update(dict.fromkeys(unknown, call))
            if len(unknown) == len(keys):
                return await shield(call)
        return {key: await self._outcome(key) for key in keys}

    async def load_all(self, keys: Sequence[K]) -> Mapping[K, V]:
        """The same, raising whatever error there is."""
        found = await self.load_each(keys)
        for outcome in found.values():
            if isinstance(outcome, Exception):
                raise outcome
        return cast("Mapping[K, V]", found)

    def load(self, key: K) -> "Future[V]":
        """The value of one key."""
        if self._lists and key in self._lists and key not in self._cache:
            self._cache[key] = self.loop.create_task(self._listed(self._lists[key], key))
        return super().load(key)

    def do_resolve_reject(self, key: K, future: "Future[V]") -> None:
        """Asks for a key with whatever else is asked for now: by one task, where aiodataloader has two."""
        self._asked.append((key, future))
        if len(self._asked) == 1:
            self._dispatching = self.loop.create_task(self._dispatch())

    def clear(self, key: K) -> "Loader[K, V]":
        """Forgets the value of one key."""
        self._lists.pop(key, None)
        return super().clear(key)

    def clear_all(self) -> "Loader[K, V]":
        """Forgets everything."""
        self._lists.clear()
        return super().clear_all()

    async def _dispatch(self) -> None:
        asked, self._asked = self._asked, []
        keys = [key for key, _ in asked]
        try:
            found = await self.read(keys)
            outcomes = [found[key] for key in keys]
        except Exception as error:
            self._forget(keys)
            outcomes = [error] * len(keys)
        for (_, future), outcome in zip(asked, outcomes, strict=True):
            if future.done():
                continue
            if isinstance(outcome, Exception):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)

    async def _list(self, keys: list[K]) -> Mapping[K, Any]:
        try:
            return await self.read(keys)
        except Exception:
            self._forget(keys)
            raise

    def _forget(self, keys: list[K]) -> None:
        """What failed as a whole is asked for again by whoever comes next."""
        for key in keys:
            self.clear(key)

    async def _listed(self, call: "Task[Mapping[K, Any]]", key: K) -> V:
        outcome = (await shield(call))[key]
        if isinstance(outcome, Exception):
            raise outcome
        value: V = outcome
        return value

    async def _outcome(self, key: K) -> V | Exception:
        call = self._lists.get(key)
        try:
            return await self.load(key) if call is None else (await shield(call))[key]
        except Exception as error:
            return error
