"""`python -m gateway coops check`: tells every mistake in the files of the co-ops, or that there is none."""

from pathlib import Path
from typing import TextIO

from gateway.coop import Coop
from gateway.coop_config.reading import CoopFileErrors, load_coops
from gateway.coop_config.systems import Adapters


def check_coops(directory: Path, adapters: Adapters, output: TextIO) -> int:
    """Write mistakes line by line, or a summary; the exit code is 1 for mistakes and 0 for none."""
    try:
        coops = load_coops(directory, adapters)
    except CoopFileErrors as wrong:
        output.writelines(f"{problem}\n" for problem in wrong.problems)
        output.write(f"{_counted(len(wrong.problems), 'problem')}.\n")
        return 1
    output.writelines(_summary(coop) for coop in coops.values())
    output.write(f"{_counted(len(coops), 'co-op')}, no problems.\n")
    return 0


def _summary(coop: Coop) -> str:
    systems = coop.systems.by_port()
    secrets = sorted({name for system in systems.values() for name in system.secret_names()})
    lines = (
        f"{coop.code}: {coop.name}",
        f"  features   {', '.join(sorted(feature.value for feature in coop.features))}",
        f"  systems    {', '.join(f'{port} by {system.adapter}' for port, system in systems.items())}",
        f"  secrets in {', '.join(secrets) or 'none'}",
    )
    return "".join(f"{line}\n" for line in lines)


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
