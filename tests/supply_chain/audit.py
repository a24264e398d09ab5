"""`python -m tests.supply_chain.audit`: are the packages we ship known to be vulnerable?

pip-audit asks PyPI about every package of uv.lock that a server installs. Where PyPI's advisories cannot be reached, it
skips packages and still ends well; here that is said, and `--all` makes it a failure.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
PROJECT = HERE.parents[2]
BIN = Path(sys.executable).parent

EXPORT = (
    "export",
    "--quiet",
    "--locked",
    "--no-default-groups",
    "--no-emit-project",
    "--format",
    "requirements.txt",
)
AUDIT = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of the packages: how many were looked up, which were not, and what was found."""

    looked_up: int
    skipped: Sequence[str]
    vulnerable: Sequence[str]

    def passes(self, *, all_looked_up: bool) -> bool:
        """Nothing was found, and where `all_looked_up` is asked for, nothing was left out either."""
        return not self.vulnerable and not (all_looked_up and self.skipped)

    def lines(self) -> Sequence[str]:
        """For who reads the terminal."""
        found = [f"vulnerable: {line}" for line in self.vulnerable]
        skipped = [f"NOT AUDITED, no advisories to be had: {self._skipped_names()}"] if self.skipped else []
        return [f"{self.looked_up} packages audited, {len(self.vulnerable)} advisories.", *found, *skipped]

    def _skipped_names(self) -> str:
        return ", ".join(self.skipped) if self.looked_up else f"all {len(self.skipped)} packages"


def verdict(report: dict[str, Any]) -> Verdict:
    """What pip-audit's JSON report says."""
    packages = report["dependencies"]
    looked_up = [package for package in packages if "skip_reason" not in package]
    return Verdict(
        looked_up=len(looked_up),
        skipped=[package["name"] for package in packages if "skip_reason" in package],
        vulnerable=[
            f"{package['name']} {package['version']}: {advisory['id']}, mended in "
            f"{', '.join(advisory['fix_versions']) or 'no version yet'}"
            for package in looked_up
            for advisory in package["vulns"]
        ],
    )


def ask() -> Verdict:
    """Exports what uv.lock pins for a server, and asks about it."""
    with tempfile.TemporaryDirectory() as folder:
        requirements = Path(folder) / "requirements.txt"
        _run(PROJECT / ".tools/bin/uv", *EXPORT, "--output-file", str(requirements))
        report = _run(BIN / "pip-audit", *AUDIT, "--requirement", str(requirements))
    return verdict(json.loads(report))


def _run(program: Path, *arguments: str) -> str:
    # pip-audit ends with 1 when it has found something; without a report on its output it has failed.
    done = subprocess.run([program, *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode and not done.stdout:
        raise SystemExit(f"{program.name} failed: {done.stderr.strip().splitlines()[-1]}")
    return done.stdout


def main() -> int:
    """Prints the verdict; the exit code says whether it passes."""
    parser = argparse.ArgumentParser(description="Are the packages of uv.lock known to be vulnerable?")
    parser.add_argument("--all", action="store_true", help="fail, too, when a package could not be looked up")
    arguments = parser.parse_args()
    found = ask()
    print("\n".join(found.lines()))  # noqa: T201 - the command's answer
    return 0 if found.passes(all_looked_up=arguments.all) else 1


if __name__ == "__main__":
    raise SystemExit(main())
