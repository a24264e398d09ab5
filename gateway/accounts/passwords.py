"""Passwords: hashed with Argon2id, checked exactly as received, off the event loop."""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar, TypeVarTuple

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerifyMismatchError

MEMORY_KIB = 19 * 1024
PASSES = 2
LANES = 1
"""OWASP's Argon2id parameters (design: security). Raising one rehashes each password at its next sign-in."""

Arguments = TypeVarTuple("Arguments")
R = TypeVar("R")


class Hasher(Protocol):
    """What turns a password into its hash and checks it: slow on purpose, without the interpreter's lock."""

    def hash(self, password: bytes) -> str: ...
    def verify(self, password_hash: str, password: bytes) -> bool: ...
    def is_outdated(self, password_hash: str) -> bool: ...


class Argon2id:
    """The hasher by argon2-cffi."""

    def __init__(self, *, memory_kib: int = MEMORY_KIB, passes: int = PASSES, lanes: int = LANES) -> None:
        self._argon2 = PasswordHasher(
            time_cost=passes, memory_cost=memory_kib, parallelism=lanes, type=Type.ID
        )

    def hash(self, password: bytes) -> str:
        """The hash, with its parameters and a fresh salt in it."""
        return self._argon2.hash(password)

    def verify(self, password_hash: str, password: bytes) -> bool:
        """Whether the hash was made of this password."""
        try:
            return self._argon2.verify(password_hash, password)
        except VerifyMismatchError:
            return False

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._argon2.check_needs_rehash(password_hash)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a password is right, and whether its hash should be made anew."""

    right: bool
    outdated: bool


class TooBusy(Exception):
    """So many passwords wait for a thread that one more would only lengthen the line."""


class Passwords:
    """Hashes and checks passwords on a few threads of its own: sign-ins never hold up anything else.

    At most `waiting` at once wait for one of `threads` threads; one more raises `TooBusy`.
    """

    def __init__(self, hasher: Hasher | None = None, *, threads: int = 2, waiting: int = 200) -> None:
        self._hasher = hasher or Argon2id()
        self._most_at_once = threads + waiting
        self._at_once = 0
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="passwords")
        self._nobodys_hash = self._hasher.hash(secrets.token_bytes())

    async def hash(self, password: str) -> str:
        """The hash to keep for a password."""
        return await self._off_the_loop(self._hasher.hash, _bytes_of(password))

    async def check(self, password_hash: str | None, password: str) -> Verdict:
        """Checks a password. Without a hash to check (no such account) it works as long, and says no."""
        return await self._off_the_loop(self._check, password_hash, _bytes_of(password))

    def close(self) -> None:
        """Ends the threads when their work is done."""
        self._threads.shutdown()

    def _check(self, password_hash: str | None, password: bytes) -> Verdict:
        right = self._hasher.verify(password_hash or self._nobodys_hash, password)
        if password_hash is None or not right:
            return Verdict(right=False, outdated=False)
        return Verdict(right=True, outdated=self._hasher.is_outdated(password_hash))

    async def _off_the_loop(self, work: Callable[[*Arguments], R], *arguments: *Arguments) -> R:
        if self._at_once >= self._most_at_once:
            raise TooBusy
        self._at_once += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
        finally:
            self._at_once -= 1


def _bytes_of(password: str) -> bytes:
    # JSON may carry half a surrogate pair, which plain UTF-8 refuses.
    return password.encode("utf-8", "surrogatepass")
