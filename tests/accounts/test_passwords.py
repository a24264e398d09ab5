"""How passwords are hashed and checked."""

import asyncio
import threading

import pytest

from gateway.accounts import Passwords
from gateway.accounts.passwords import Argon2id, Verdict
from tests.accounts.hashers import WEAK, CountingHasher

RIGHT = Verdict(right=True, outdated=False)
WRONG = Verdict(right=False, outdated=False)


class MeetingHasher(CountingHasher):
    """Verifies only when two threads meet, and notes how many were at it at once and on which threads."""

    def __init__(self) -> None:
        super().__init__()
        self._meeting = threading.Barrier(2)
        self._lock = threading.Lock()
        self._busy = 0
        self.busiest = 0
        self.threads: set[str] = set()

    def verify(self, password_hash: str, password: bytes) -> bool:
        """Waits for the other one."""
        with self._lock:
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
            self.threads.add(threading.current_thread().name)
        self._meeting.wait(timeout=10)
        with self._lock:
            self._busy -= 1
        return True


def test_the_hash_is_argon2id_with_19_mib_two_passes_and_one_lane() -> None:
    assert Argon2id().hash(b"demo-coop-2026").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_same_password_never_has_the_same_hash_twice() -> None:
    assert WEAK.hash(b"demo-coop-2026") != WEAK.hash(b"demo-coop-2026")


@pytest.mark.parametrize(
    "password",
    [
        "demo-coop-2026",
        " 前後の 空白 ",
        "パスワード🍙" * 20,
        "x" * 1000,
        "nul\x00inside",
        "half a pair \ud83c",
        "",
    ],
)
async def test_any_characters_and_any_length_are_checked_exactly(passwords: Passwords, password: str) -> None:
    password_hash = await passwords.hash(password)
    assert await passwords.check(password_hash, password) == RIGHT
    assert await passwords.check(password_hash, password + " ") == WRONG
    assert await passwords.check(password_hash, password.upper() + "!") == WRONG


async def test_no_case_is_folded(passwords: Passwords) -> None:
    assert await passwords.check(await passwords.hash("Demo"), "demo") == WRONG


async def test_without_a_hash_the_answer_is_no_after_the_same_work(
    passwords: Passwords, hasher: CountingHasher
) -> None:
    assert await passwords.check(None, "demo-coop-2026") == WRONG
    assert hasher.verified == 1


async def test_a_hash_made_with_other_parameters_is_right_and_outdated(passwords: Passwords) -> None:
    older = Argon2id(memory_kib=32, passes=1).hash(b"demo-coop-2026")
    assert await passwords.check(older, "demo-coop-2026") == Verdict(right=True, outdated=True)


async def test_a_wrong_password_says_nothing_of_an_outdated_hash(passwords: Passwords) -> None:
    older = Argon2id(memory_kib=32, passes=1).hash(b"demo-coop-2026")
    assert await passwords.check(older, "demo-coop-2027") == WRONG


async def test_passwords_are_checked_off_the_event_loop_so_many_at_once_and_no_more() -> None:
    hasher = MeetingHasher()
    passwords = Passwords(hasher, threads=2)
    await asyncio.gather(*(passwords.check(None, "demo-coop-2026") for _ in range(6)))
    passwords.close()
    assert hasher.busiest == 2
    assert hasher.threads == {"passwords_0", "passwords_1"}


class StuckHasher(CountingHasher):
    """Verifies when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = threading.Event()
        self.let_go = threading.Event()

    def verify(self, password_hash: str, password: bytes) -> bool:
        """Waits, then verifies."""
        self.begun.set()
        self.let_go.wait()
        return super().verify(password_hash, password)


async def test_a_password_whose_request_was_given_up_in_line_is_not_checked_and_leaves_its_place() -> None:
    hasher = StuckHasher()
    passwords = Passwords(hasher, threads=1, waiting=1)
    first = asyncio.create_task(passwords.check(None, "demo-coop-2026"))
    await asyncio.to_thread(hasher.begun.wait)
    given_up = asyncio.create_task(passwords.check(None, "demo-coop-2026"))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.wait({given_up})
    next_one = asyncio.create_task(passwords.check(None, "demo-coop-2026"))
    await asyncio.sleep(0)
    hasher.let_go.set()

    assert (await first, await next_one) == (WRONG, WRONG)
    assert hasher.verified == 2
    passwords.close()
