"""The simulated legacy systems of a co-op: which programs they are, and what points the gateway at them.

What a co-op has, and through which adapter, its file in `gateway/coops` says; no co-op is known here by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gateway.coop import Coop
from gateway.demo.databases import registry_database
from gateway.demo.postgres import SUPERUSER
from gateway.demo.program import Program, python_program

DEMO_SECRET = "demo"  # noqa: S105 - the simulated systems are open to whoever runs them
LOOPBACK = "127.0.0.1"
_OPEN_ALL_NIGHT = ("--closed", "off")
"""Somebody may look at the demo at three in the morning; the fault `closed` shows what is then."""


@dataclass(frozen=True, slots=True)
class Simulator:
    """A program of `legacy/`: `ports` are its options that take one, `control` that of faults and calls."""

    name: str
    module: str
    arguments: tuple[str, ...]
    ports: tuple[str, ...] = ("port",)
    control: str = "port"

    def program(self, ports: Mapping[str, int] | None = None) -> Program:
        """The program, on these ports or on any that are free."""
        chosen = ports or dict.fromkeys(self.ports, 0)
        options = [part for name in self.ports for part in (f"--{name.replace('_', '-')}", str(chosen[name]))]
        return python_program(self.name, self.module, *self.arguments, *options)

    def control_url(self, announced: Mapping[str, Any]) -> str:
        """Where faults are set and calls counted, once it has announced its ports."""
        return f"http://{LOOPBACK}:{announced[self.control]}"


@dataclass(frozen=True, slots=True)
class Simulation:
    """How the systems are simulated: so many members, the machine's clock or one that stands still."""

    members: int
    registries: Path
    """The socket directory of the PostgreSQL that holds the registries."""
    now: datetime | None = None

    def postbox(self) -> Simulator:
        """Where all mail of the demo ends."""
        return Simulator("postbox", "legacy.postbox", self._clock(), ("smtp_port", "port"))

    def of(self, coop: Coop, smtp_port: int) -> dict[str, Simulator]:
        """The systems of one co-op: `registry`, `mailer`, and `pos` where it has one."""
        people = ("--coop", coop.code, "--members", str(self.members), *self._clock())
        smtp = ("--smtp", f"{LOOPBACK}:{smtp_port}")
        systems = {
            "registry": self._gate(coop),
            "mailer": Simulator(f"{coop.code}-mailer", "legacy.mailer", (*people, *smtp)),
        }
        if coop.systems.pos is not None:
            systems["pos"] = Simulator(f"{coop.code}-pos", "legacy.pos", (*people, *_OPEN_ALL_NIGHT))
        return systems

    def _gate(self, coop: Coop) -> Simulator:
        return Simulator(
            f"{coop.code}-registry",
            "legacy.registry",
            ("gate", "--upstream", str(self.registries)),
            ports=("port", "control_port"),
            control="control_port",
        )

    def _clock(self) -> tuple[str, ...]:
        return () if self.now is None else ("--now", self.now.isoformat())


def addresses(coop: Coop, announced: Mapping[str, Mapping[str, Any]], smtp_port: int) -> dict[str, str]:
    """The URL behind each port (`gateway.coop_config.systems`), from what its systems announced."""
    registry = f"{LOOPBACK}:{announced['registry']['port']}"
    mailer = f"http://{LOOPBACK}:{announced['mailer']['port']}"
    smtp = f"smtp://{LOOPBACK}:{smtp_port}"
    found = {
        "registry": f"postgresql+asyncpg://{SUPERUSER}@{registry}/{registry_database(coop.code)}",
        "notices": mailer,
        "mailer": smtp if coop.systems.mailer.adapter == "mail_smtp" else mailer,
    }
    if "pos" in announced:
        found["pos"] = f"http://{LOOPBACK}:{announced['pos']['port']}"
    return found


def environment(coop: Coop, urls: Mapping[str, str]) -> dict[str, str]:
    """The variables by which the co-op's file takes the addresses and secrets of its systems."""
    variables: dict[str, str] = {}
    for port, system in coop.systems.by_port().items():
        variables |= dict.fromkeys(system.secret_names(), DEMO_SECRET)
        if system.url_env is not None:
            variables[system.url_env] = urls[port]
    return variables
