"""Child processes of one supervisor: started, awaited until ready, logged, watched, ended in reverse order.

ProgramError
├── ProgramDied       it ended though nobody asked it to
└── ProgramNotReady   it did not say that it is ready in time
"""

import asyncio
import json
import os
from asyncio.subprocess import DEVNULL, STDOUT, Process
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL, Signals
from types import TracebackType
from typing import Any, Self

from gateway.demo.program import Program

READY_WITHIN = 60.0
"""Seconds: a cold start on a busy machine with two cores takes a few."""
STOPPED_WITHIN = 5.0
"""Seconds from the polite signal to SIGKILL."""
_LOOK_EVERY = 0.03
_LOG_TAIL_LINES = 15


class ProgramError(Exception):
    """A program of the demo is not there any more, or never was."""


class ProgramDied(ProgramError):
    """A program ended though nobody asked it to; tells how, and the end of its log."""

    def __init__(self, child: "Child", returncode: int) -> None:
        super().__init__(f"{child.program.name} {_how_it_ended(returncode)}.\n{child.log_tail()}")
        self.name = child.program.name


class ProgramNotReady(ProgramError):
    """A program did not say that it is ready in time; tells the end of its log."""

    def __init__(self, child: "Child", seconds: float) -> None:
        late = f"{child.program.name} was not ready within {seconds:g} seconds."
        super().__init__(f"{late}\n{child.log_tail()}")


class Child:
    """One running program; `announced` is what its READY line said."""

    def __init__(self, program: Program, process: Process, log: Path) -> None:
        self.program = program
        self.announced: dict[str, Any] = {}
        self._process = process
        self._log = log
        self.ended = asyncio.create_task(process.wait())

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ready(self, within: float) -> None:
        """Waits until the program says that it is ready. Raises ProgramDied or ProgramNotReady."""
        try:
            async with asyncio.timeout(within):
                while not self._says_ready():
                    await asyncio.wait({self.ended}, timeout=_LOOK_EVERY)
                    if self.ended.done():
                        raise ProgramDied(self, self.ended.result())
        except TimeoutError:
            raise ProgramNotReady(self, within) from None

    async def stop(self) -> None:
        """Ends the program: politely first, then with SIGKILL for it and everything it started."""
        with suppress(ProcessLookupError):
            self._process.send_signal(self.program.stop_signal)
        await asyncio.wait({self.ended}, timeout=STOPPED_WITHIN)
        with suppress(ProcessLookupError):
            os.killpg(self.pid, SIGKILL)
        await self.ended

    def log_tail(self) -> str:
        """The last lines of the log, for a person who wants to know why."""
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_TAIL_LINES:]
        shown = "\n".join(f"    {line}" for line in lines) or "    (nothing)"
        return f"The end of {self._log}:\n{shown}"

    def _says_ready(self) -> bool:
        found = self.program.ready.search(self._log.read_bytes())
        if found is not None and found.re.groups:
            self.announced = json.loads(found[1])
        return found is not None


class Children:
    """The programs of one supervisor. Leaving the context ends them all, last started first."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: list[Child] = []
        self._death: asyncio.Future[ProgramDied] = asyncio.get_running_loop().create_future()

    async def start(self, program: Program, within: float = READY_WITHIN) -> Child:
        """Starts a program and waits until it is ready. Raises ProgramError."""
        child = await self._launch(program)
        self._running.append(child)
        await child.ready(within)
        child.ended.add_done_callback(lambda _: self._note_death(child))
        return child

    async def death(self) -> ProgramDied:
        """Waits until a program that was ready ends by itself, and tells which."""
        return await asyncio.shield(self._death)

    async def stop(self, child: Child) -> None:
        """Ends one program on purpose."""
        self._running.remove(child)
        await child.stop()

    async def stop_all(self) -> None:
        """Ends every program, last started first."""
        while self._running:
            await self._running.pop().stop()

    async def _launch(self, program: Program) -> Child:
        log = self._logs / f"{program.name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *program.tethered_command(),
                stdin=DEVNULL,
                stdout=output,
                stderr=STDOUT,
                env={**os.environ, **program.environment},
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which ends them in order
            )
        return Child(program, process, log)

    def _note_death(self, child: Child) -> None:
        if child in self._running and not self._death.done():
            self._death.set_result(ProgramDied(child, child.ended.result()))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop_all()


def _how_it_ended(returncode: int) -> str:
    if returncode < 0:
        return f"was ended by {Signals(-returncode).name}"
    return f"ended with exit code {returncode}"
