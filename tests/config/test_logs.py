"""What a traceback in the log may hold."""

import pytest

from gateway.logs import rendering
from gateway.settings import Mode


def failure_with_a_secret() -> BaseException:
    password = "hunter2-is-secret"
    try:
        raise RuntimeError(f"a password of {len(password)} characters")
    except RuntimeError as error:
        return error


@pytest.mark.parametrize("mode", Mode)
def test_a_traceback_names_lines_and_never_the_values_of_variables(mode: Mode) -> None:
    event: object = {"event": "failed", "level": "error", "exc_info": failure_with_a_secret()}
    for process in rendering(mode):
        event = process(None, "error", event)  # type: ignore[arg-type]  # the last one makes text of it

    assert "failure_with_a_secret" in str(event)
    assert "hunter2" not in str(event)
