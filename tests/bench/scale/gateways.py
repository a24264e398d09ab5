"""Real gateway processes: one for each size, with as many co-op files as the size has co-ops."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from gateway.coop import Coop
from gateway.coop_config.reading import load_coops
from gateway.demo.processes import Child, Children
from gateway.demo.program import python_program
from gateway.demo.systems import environment
from gateway.wiring import ADAPTERS
from tests.bench.process_figures import resident_mebibytes
from tests.bench.scale.databases import Loaded
from tests.conftest import COOPS_DIR
from tests.running import SIGNING_KEY
from tests.running.postgres import Postgres

UNLIMITED = {
    "GATEWAY_ADDRESS_REQUESTS_PER_SECOND": "0",
    "GATEWAY_ADDRESS_COST_PER_SECOND": "0",
    "GATEWAY_VIEWER_COST_PER_SECOND": "0",
    "GATEWAY_DOCUMENTS": "off",
    "GATEWAY_MODE": "production",
}
"""All requests come from one address here."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """A running one: seconds until it was ready, and MiB it then had."""

    loaded: Loaded
    child: Child
    ready_after: float
    resident: float

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.child.announced["port"])


def write_coops(directory: Path, loaded: Loaded) -> Path:
    """The files of all co-ops of a size: patient, and never answering from memory, so that every read is one."""
    files = directory / f"coops-{loaded.size.members}"
    files.mkdir(exist_ok=True)
    for coop in loaded.size.coops():
        shipped = "hokkaido" if coop.code == "hokkaido" else "hirosaki"
        text = (COOPS_DIR / f"{shipped}.toml").read_text(encoding="utf-8")
        text = text.replace(f'code = "{shipped}"', f'code = "{coop.code}"', 1)
        (files / f"{coop.code}.toml").write_text(_patient(text), encoding="utf-8")
    return files


async def start_gateway(
    name: str, directory: Path, loaded: Loaded, children: Children, postgres: Postgres, upstream: str
) -> Gateway:
    """Starts one on the databases of a size."""
    coops = write_coops(directory, loaded)
    shipped = load_coops(COOPS_DIR, ADAPTERS)
    variables: dict[str, str] = {}
    for code, registry in loaded.registries.items():
        variables |= _systems(shipped[code], postgres.url(registry), upstream)
    settings = {
        **variables,
        **UNLIMITED,
        "GATEWAY_SIGNING_KEY": SIGNING_KEY,
        "GATEWAY_COOPS_DIR": str(coops),
        "GATEWAY_DATABASE_URL": postgres.url(loaded.store),
        "GATEWAY_PORT": "0",
        "GATEWAY_DEADLINE_SECONDS": "30",
    }
    begun = perf_counter()
    child = await children.start(python_program(name, "gateway", "serve", environment=settings))
    return Gateway(loaded, child, perf_counter() - begun, resident_mebibytes(child.pid))


def _systems(coop: Coop, registry: str, upstream: str) -> Mapping[str, str]:
    return environment(coop, {"registry": registry, "pos": upstream, "notices": upstream, "mailer": upstream})


def _patient(text: str) -> str:
    settings = {"timeout_seconds": "10.0", "fresh_seconds": "0.0", "retries": "0"}
    lines = [_set(line, settings) for line in text.splitlines()]
    return "\n".join(lines) + "\n"


def _set(line: str, settings: Mapping[str, str]) -> str:
    key = line.partition(" = ")[0]
    return f"{key} = {settings[key]}" if key in settings else line
