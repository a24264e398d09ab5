"""The servers that are compared, and how each is started."""

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gateway.demo.program import Program
from tests.bench.world import COOP, World
from tests.conftest import COOPS_DIR

PEERS = Path(__file__).parent / "peers"
NODE = ("node", "--max-semi-space-size=64")
"""With a young generation large enough for a server: Mercurius' staff list is 1.8 times as fast with it."""
PYTHON = (sys.executable, "-m", "tests.bench.servers")


@dataclass(frozen=True, slots=True)
class Contestant:
    """A server: `name` in figures, `title` for people; `coops` names the co-op's file it reads (`write_coops`)."""

    name: str
    title: str
    command: tuple[str, ...]
    coops: str = "direct"
    jit: bool = False
    modes: tuple[str, ...] = ("memory", "legacy")
    is_ours: bool = False

    @property
    def on_node(self) -> bool:
        """Whether it is one of the peers in JavaScript."""
        return self.command[0] == NODE[0]

    def program(self, world: World, core: int, *, in_memory: bool) -> Program:
        """The program, on one core."""
        return Program(
            name=f"{self.name}-{'memory' if in_memory else 'legacy'}",
            command=("taskset", "--cpu-list", str(core), *self.command),
            environment={
                **world.environment,
                "PYTHONUNBUFFERED": "1",
                "GATEWAY_COOPS_DIR": str(world.directory / self.coops),
                "BENCH_WORLD": str(world.file),
                "BENCH_UPSTREAM": world.upstream_url,
                "BENCH_REGISTRY": world.registry_url,
                "BENCH_IN_MEMORY": str(int(in_memory)),
                "BENCH_JIT": str(int(self.jit)),
            },
        )


def _node(name: str, title: str, script: str, *, jit: bool = False) -> Contestant:
    return Contestant(name, title, (*NODE, str(PEERS / script)), jit=jit)


def _python(name: str, title: str) -> Contestant:
    return Contestant(name, title, (*PYTHON, name))


GATEWAY = Contestant("gateway", "the gateway", (*PYTHON, "gateway"), coops="shipped", is_ours=True)
ANEW = Contestant(
    "gateway-anew",
    "the gateway, asking anew",
    (*PYTHON, "gateway"),
    coops="anew",
    modes=("legacy",),
    is_ours=True,
)
CONTESTANTS: Mapping[str, Contestant] = {
    each.name: each
    for each in (
        GATEWAY,
        ANEW,
        Contestant(
            "bare", "the gateway's schema, bare endpoint", (*PYTHON, "bare"), coops="anew", is_ours=True
        ),
        _node("mercurius-jit", "Mercurius with JIT", "mercurius.js", jit=True),
        _node("mercurius", "Mercurius", "mercurius.js"),
        _node("yoga-jit", "GraphQL Yoga with JIT", "yoga.js", jit=True),
        _node("yoga", "GraphQL Yoga", "yoga.js"),
        _node("apollo", "Apollo Server", "apollo.js"),
        Contestant("compiled", "Strawberry's server, compiled", (*PYTHON, "compiled"), is_ours=True),
        _python("strawberry", "Strawberry"),
        _python("strawberry-cached", "Strawberry, its caches on"),
        _python("ariadne", "Ariadne"),
        _python("graphql-core", "graphql-core"),
        Contestant("floor", "floor: uvicorn, same bytes", (*PYTHON, "floor"), modes=("memory",)),
    )
}


def write_coops(directory: Path) -> None:
    """The co-op's file as it is shipped, but patient, for this machine may be busy; then without fresh answers; then
    also without gathering, for servers that ask as each request needs it.
    """
    text = (COOPS_DIR / f"{COOP}.toml").read_text(encoding="utf-8")
    shipped = _with(text, timeout_seconds=10.0)
    anew = _with(shipped, fresh_seconds=0.0)
    direct = _with(
        anew,
        max_batch_calls=100,
        gather_seconds=0.0,
        max_concurrent_calls=64,
        max_connections=64,
        max_waiting=10_000,
    )
    for name, file in (("shipped", shipped), ("anew", anew), ("direct", direct)):
        (directory / name).mkdir()
        (directory / name / f"{COOP}.toml").write_text(file, encoding="utf-8")


def _with(text: str, **limits: float) -> str:
    """The same with other limits, wherever they stand."""
    lines = text.splitlines()
    for key, value in limits.items():
        lines = [f"{key} = {value}" if line.startswith(f"{key} = ") else line for line in lines]
    return "\n".join(lines) + "\n"


def node_is_there() -> bool:
    """Whether the Node servers can be started."""
    return shutil.which("node") is not None and (PEERS / "node_modules" / "mercurius").exists()
