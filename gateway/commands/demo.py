"""`demo`: both co-ops with simulated legacy systems, all on this machine."""

from collections.abc import Sequence

from gateway.commands import COOPS_DIR
from gateway.demo.accounts import as_json, demo_accounts
from gateway.demo.terminal import say
from gateway.demo.wishes import Wishes, read_wishes


def run(arguments: Sequence[str]) -> int:
    """Until Ctrl-C; or only the list of the demo's accounts."""
    wishes = read_wishes(arguments)
    if wishes is None:
        say(as_json(demo_accounts()))
        return 0
    return _run(wishes)


def _run(wishes: Wishes) -> int:
    # The list of accounts is there at once, without databases and adapters.
    from gateway.coop_config.reading import load_coops  # noqa: PLC0415
    from gateway.demo.command import run_demo  # noqa: PLC0415
    from gateway.wiring import ADAPTERS  # noqa: PLC0415

    return run_demo(wishes, load_coops(COOPS_DIR, ADAPTERS))
