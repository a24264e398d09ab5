"""How every simulated system starts and ends."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable

import httpx
import pytest

from legacy.mailer.__main__ import main as mailer_main
from legacy.pos.__main__ import main as pos_main
from tests.legacy.programs import ENDED_WITHIN, READY_WITHIN


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_program_says_ready_once_and_ends_with_0_when_told(number: signal.Signals) -> None:
    command = (sys.executable, "-m", "legacy.pos", "--coop", "hirosaki")
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
    assert process.stdout
    line = await asyncio.wait_for(process.stdout.readline(), READY_WITHIN)
    port = json.loads(line.removeprefix(b"READY "))["port"]
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(f"http://127.0.0.1:{port}/_calls")).json() == {}
    process.send_signal(number)
    rest, _ = await asyncio.wait_for(process.communicate(), ENDED_WITHIN)
    assert (rest, process.returncode) == (b"", 0)


@pytest.mark.parametrize(
    ("main", "arguments", "said"),
    [
        (pos_main, "--coop hirosaki --now noon", "'noon' is no ISO time; write 2026-11-20T12:00:00+09:00"),
        (pos_main, "--coop hirosaki --now 2026-11-20T12:00:00", "write 2026-11-20T12:00:00+09:00"),
        (pos_main, "--coop hirosaki --closed night", "'night' are no hours; write 02:00-05:00 or off"),
        (pos_main, "--coop tokyo", "invalid choice: 'tokyo'"),
        (pos_main, "--coop hirosaki --members none", "'none' is no number of members"),
        (mailer_main, "--coop hirosaki --smtp localhost", "'localhost' is no HOST:PORT"),
    ],
)
def test_a_wrong_argument_is_named_with_how_to_put_it_right(
    main: Callable[[], None],
    arguments: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["program", *arguments.split()])
    with pytest.raises(SystemExit):
        main()
    assert said in capsys.readouterr().err
