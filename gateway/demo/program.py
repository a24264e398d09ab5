"""What a program is to the supervisor: a name, a command, and the words by which it says that it is ready."""

import pwd
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from signal import Signals

READY_LINE = re.compile(rb"^READY (\{.*\})\n", re.MULTILINE)
"""The line of our own programs: `READY {"port": 8101}`."""

_SETPRIV = shutil.which("setpriv")


@dataclass(frozen=True, slots=True)
class Program:
    """A program to be run. `ready` is looked for in what it prints; its group, if any, is a JSON object."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    ready: re.Pattern[bytes] = READY_LINE
    stop_signal: Signals = Signals.SIGTERM
    user: str | None = None

    def tethered_command(self) -> tuple[str, ...]:
        """The command, held so that the kernel ends the program when its supervisor dies (on Linux)."""
        if _SETPRIV is None:
            return self.command
        tether = ("--pdeathsig", self.stop_signal.name.removeprefix("SIG"))
        return (_SETPRIV, *tether, *self._as_user(), "--", *self.command)

    def _as_user(self) -> tuple[str, ...]:
        if self.user is None:
            return ()
        return ("--reuid", self.user, "--regid", str(pwd.getpwnam(self.user).pw_gid), "--clear-groups")


def python_program(
    name: str, module: str, *arguments: str, environment: Mapping[str, str] | None = None
) -> Program:
    """A module of this installation, run as a program whose lines reach its log at once."""
    return Program(
        name=name,
        command=(sys.executable, "-m", module, *arguments),
        environment={"PYTHONUNBUFFERED": "1", **(environment or {})},
    )
