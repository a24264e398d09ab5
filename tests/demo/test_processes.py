"""The supervisor of child processes, with little programs in place of the real ones."""

import asyncio
import os
import re
import sys
from pathlib import Path
from signal import SIGKILL, Signals

import pytest

from gateway.demo.processes import Child, Children, ProgramDied, ProgramNotReady
from gateway.demo.program import Program, python_program
from tests.running.process_table import is_alive, until_gone

SAYS_READY = "print('READY {\"port\": 8101}', flush=True)"
WAITS = "import signal; signal.pause()"


def program(name: str, *lines: str) -> Program:
    return Program(name, (sys.executable, "-c", "\n".join(lines)))


async def test_a_program_is_started_once_it_says_that_it_is_ready(tmp_path: Path) -> None:
    async with Children(tmp_path) as children:
        child = await children.start(program("pos", "print('hello')", SAYS_READY, WAITS))
        assert child.announced == {"port": 8101}
        assert is_alive(child.pid)
    assert not is_alive(child.pid)
    assert (tmp_path / "pos.log").read_text() == 'hello\nREADY {"port": 8101}\n'


async def test_a_program_may_say_that_it_is_ready_in_words_of_its_own(tmp_path: Path) -> None:
    listens = Program(
        "old", (sys.executable, "-c", f"print('listening', flush=True)\n{WAITS}"), ready=re.compile(b"listen")
    )
    async with Children(tmp_path) as children:
        assert (await children.start(listens)).announced == {}


async def test_a_program_that_dies_before_it_is_ready_is_reported_with_the_end_of_its_log(
    tmp_path: Path,
) -> None:
    async with Children(tmp_path) as children:
        with pytest.raises(ProgramDied) as died:
            await children.start(program("mailer", "print('no such co-op')", "raise SystemExit(3)"))
    assert str(died.value) == (
        f"mailer ended with exit code 3.\nThe end of {tmp_path}/mailer.log:\n    no such co-op"
    )


async def test_a_program_that_is_never_ready_is_reported_and_ended(tmp_path: Path) -> None:
    async with Children(tmp_path) as children:
        with pytest.raises(ProgramNotReady, match=r"pos was not ready within 0\.5 seconds"):
            await children.start(program("pos", "print('thinking', flush=True)", WAITS), within=0.5)
        await children.stop_all()


async def test_a_death_is_noticed_and_named(tmp_path: Path) -> None:
    async with Children(tmp_path) as children:
        await children.start(program("pos", SAYS_READY, WAITS))
        victim = await children.start(program("mailer", SAYS_READY, WAITS))
        os.kill(victim.pid, SIGKILL)
        death = await asyncio.wait_for(children.death(), 10)
    assert death.name == "mailer"
    assert str(death).startswith("mailer was ended by SIGKILL.\n")


async def test_the_programs_end_in_reverse_order(tmp_path: Path) -> None:
    notes_its_end = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit())"
    ends: list[str] = []

    def note(child: Child) -> None:
        child.ended.add_done_callback(lambda _: ends.append(child.program.name))

    async with Children(tmp_path) as children:
        for name in ("postgres", "pos", "gateway"):
            note(await children.start(program(name, notes_its_end, SAYS_READY, WAITS)))
    assert ends == ["gateway", "pos", "postgres"]


async def test_a_stopped_program_is_no_death(tmp_path: Path) -> None:
    async with Children(tmp_path) as children:
        child = await children.start(program("pos", SAYS_READY, WAITS))
        await children.stop(child)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(children.death(), 0.1)


async def test_what_a_program_started_itself_ends_with_it(tmp_path: Path) -> None:
    starts_another = "import subprocess, sys; other = subprocess.Popen(['sleep', '1000'])"
    says_which = "print(f'READY {{\"other\": {other.pid}}}', flush=True)"
    async with Children(tmp_path) as children:
        child = await children.start(program("pos", starts_another, says_which, WAITS))
        await children.stop(child)
        await until_gone([child.announced["other"]])


SUPERVISOR = """
import asyncio, pathlib, sys
from gateway.demo.processes import Children
from gateway.demo.program import Program
async def supervise():
    children = Children(pathlib.Path(sys.argv[1]))
    child = await children.start(Program("pos", (sys.executable, "-c", sys.argv[2])))
    print(f'READY {{"child": {child.pid}}}', flush=True)
    await children.death()
asyncio.run(supervise())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's")
async def test_no_program_outlives_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    arguments = (str(tmp_path), f"{SAYS_READY}\n{WAITS}")
    async with Children(tmp_path) as children:
        supervisor = await children.start(
            Program("supervisor", (sys.executable, "-c", SUPERVISOR, *arguments))
        )
        os.kill(supervisor.pid, SIGKILL)
        await until_gone([supervisor.announced["child"]])


def test_our_own_modules_run_in_this_very_python() -> None:
    pos = python_program("pos", "legacy.pos", "--port", "0")
    assert pos.command == (sys.executable, "-m", "legacy.pos", "--port", "0")
    assert pos.stop_signal is Signals.SIGTERM
