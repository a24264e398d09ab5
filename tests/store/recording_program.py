"""A process that logs what it has seen and then answers, for so many requests at a time: `URL FILE REQUESTS`.

An answer is a line of the file, written at once: what the process has answered stays so when it is killed.
"""

import asyncio
import os
import sys
from itertools import count

from gateway.store import Store
from gateway.store.records import AccessAction, AccessOutcome, NewAccessLogEntry, Origin
from tests.running import NOW


async def main(url: str, file: str, requests: str) -> None:
    """Goes on until it is killed."""
    log = Store.open(url).of("hirosaki").access_log
    answers = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    numbers = count(1)

    async def answer_one_after_another() -> None:
        for number in numbers:
            seen = f"request {number}"
            entry = NewAccessLogEntry(NOW, AccessAction.VIEW, AccessOutcome.ALLOWED, Origin(), what=(seen,))
            await log.record([entry])
            os.write(answers, f"{seen}\n".encode())

    print("READY {}", flush=True)  # noqa: T201
    await asyncio.gather(*(answer_one_after_another() for _ in range(int(requests))))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
