"""Which versions were compared."""

import json
import platform
import subprocess
from collections.abc import Mapping
from importlib.metadata import version

from tests.bench.contestants import PEERS

PYTHON_PACKAGES = ("strawberry-graphql", "ariadne", "graphql-core", "uvicorn", "uvloop")
NODE_PACKAGES = ("mercurius", "graphql-jit", "graphql-yoga", "@apollo/server", "graphql", "fastify", "undici")


def compared_versions() -> Mapping[str, str]:
    """By name; without Node where it is missing."""
    found = {"Python": platform.python_version()}
    found |= {package: version(package) for package in PYTHON_PACKAGES}
    if (PEERS / "node_modules").exists():
        asked = ("node", "--version")
        told = subprocess.run(asked, check=True, capture_output=True, text=True)  # noqa: S603 - a constant
        found["Node"] = told.stdout.strip()
        found |= {package: _of_node_package(package) for package in NODE_PACKAGES}
    return found


def _of_node_package(package: str) -> str:
    manifest = PEERS / "node_modules" / package / "package.json"
    told: str = json.loads(manifest.read_text(encoding="utf-8"))["version"]
    return told
