"""`python -m gateway documents check DIR`."""

import json
from pathlib import Path

import pytest

from gateway.__main__ import main
from gateway.commands import MISUSED

GOOD = {"1": "query Home { coops { code } }", "2": "query Names { coops { name } }"}


def check(directory: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["documents", "check", str(directory)])
    return code, capsys.readouterr().out.replace(f"{directory}/", "")


def test_manifests_without_mistakes_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "web.json").write_text(json.dumps(GOOD), encoding="utf-8")

    assert check(tmp_path, capsys) == (0, "Manifests: 1, documents: 2, problems: 0\n")


def test_every_mistake_is_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = {**GOOD, "3": "{ coops { cod } }", "4": "query"}
    (tmp_path / "web.json").write_text(json.dumps(bad), encoding="utf-8")

    assert check(tmp_path, capsys) == (
        1,
        "web.json: document `3`: Cannot query field 'cod' on type 'Coop'. Did you mean 'code'?\n"
        "web.json: document `4`: Syntax Error: Expected '{', found <EOF>.\n"
        "Problems: 2\n",
    )


def test_a_file_that_is_no_manifest_is_a_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "web.json").write_text("[]", encoding="utf-8")

    code, told = check(tmp_path, capsys)

    assert code == 1
    assert told.startswith("web.json: is neither a manifest of Apollo's nor a map")


def test_limits_of_the_environment_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "web.json").write_text(json.dumps(GOOD), encoding="utf-8")
    monkeypatch.setenv("GATEWAY_MAX_DEPTH", "1")

    code, told = check(tmp_path, capsys)

    assert (code, told.count("The operation is nested 2 levels deep, and at most 1 are allowed.")) == (1, 2)


def test_without_a_directory_the_usage_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["documents", "check"]) == MISUSED
    assert capsys.readouterr().err == "usage: python -m gateway documents check DIR\n"
