"""Co-ops for tests: the project's own, and broken ones in a directory of the test's."""

from pathlib import Path

import pytest

from gateway.coop import Coop
from gateway.coop_config.reading import CoopFileErrors, load_coops
from gateway.coop_config.systems import AdapterKeys, Adapters

ADAPTERS: Adapters = {
    "registry": {"registry_sql": AdapterKeys()},
    "pos": {"pos_web": AdapterKeys(needed=("key_env", "terminal"))},
    "notices": {"mail_relay": AdapterKeys(needed=("key_env",))},
    "mailer": {
        "mail_relay": AdapterKeys(needed=("key_env",)),
        "mail_smtp": AdapterKeys(optional=("username_env", "password_env")),
    },
}
COOPS = Path(__file__).parents[2] / "gateway" / "coops"


def load(directory: Path = COOPS) -> dict[str, Coop]:
    """The co-ops of a directory, with the adapters above."""
    return load_coops(directory, ADAPTERS)


def problems(directory: Path) -> list[str]:
    """The mistakes found in a directory, one line each, without the directory's name."""
    with pytest.raises(CoopFileErrors) as wrong:
        load(directory)
    return [str(problem).removeprefix(f"{directory}/") for problem in wrong.value.problems]


def source(code: str) -> str:
    """The text of one of the project's own files."""
    return (COOPS / f"{code}.toml").read_text(encoding="utf-8")


def line_of(code: str, part: str) -> int:
    """The line of the first occurrence of a part in one of the project's own files."""
    return source(code).partition(part)[0].count("\n") + 1


def changed(text: str, *changes: tuple[str, str]) -> str:
    """A text with each first part replaced by its second; each must occur exactly once."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
