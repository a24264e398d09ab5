"""Every mistake of every file is told at once, each with its line."""

from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from gateway.coop_config.reading import CoopFileErrors, load_coops
from tests.config.coops import ADAPTERS, COOPS, changed, line_of, load, problems, source
from tests.config.test_positions import KEYS, VALUES

BROKEN = Path(__file__).parent / "broken"


def written(directory: Path, **files: str) -> Path:
    for code, text in files.items():
        (directory / f"{code}.toml").write_text(text, encoding="utf-8")
    return directory


def test_every_mistake_of_a_file_is_told_with_its_line_and_a_way_to_put_it_right() -> None:
    expected = (BROKEN / "problems.txt").read_text(encoding="utf-8").splitlines()
    assert problems(BROKEN) == expected


def test_no_problem_repeats_a_value_that_may_be_a_secret() -> None:
    assert "secret" not in "\n".join(problems(BROKEN))


def test_the_mistakes_of_all_files_are_told_together(tmp_path: Path) -> None:
    written(
        tmp_path,
        hirosaki=changed(source("hirosaki"), ('mail_domain = "klas', 'mail_domian = "klas')),
        hokkaido=changed(source("hokkaido"), ("closing_day = 20", "closing_day = 32")),
    )
    assert problems(tmp_path) == [
        "hirosaki.toml:1: `mail_domain` is missing. Add `mail_domain = …` at the top of the file, before the"
        " first table.",
        f"hirosaki.toml:{line_of('hirosaki', 'mail_domain = ')}: `mail_domian` is not a known key."
        " Did you mean `mail_domain`?",
        f"hokkaido.toml:{line_of('hokkaido', 'closing_day = 20')}: `billing.closing_day` must be 31 or less.",
    ]


def test_a_problem_has_its_parts_for_programs(tmp_path: Path) -> None:
    written(tmp_path, hokkaido=changed(source("hokkaido"), ("closing_day = 20", "closing_dya = 20")))
    with pytest.raises(CoopFileErrors) as wrong:
        load(tmp_path)
    missing, unknown = wrong.value.problems
    assert (missing.file, missing.key) == (f"{tmp_path}/hokkaido.toml", "billing.closing_day")
    assert (missing.line, unknown.line) == (
        line_of("hokkaido", "[billing]"),
        line_of("hokkaido", "closing_day"),
    )
    assert (unknown.what, unknown.remedy) == ("is not a known key", "Did you mean `closing_day`?")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'code = "x"\nname 弘前\n',
            "bad.toml:2: is not valid TOML: Expected '=' after a key in a key/value pair.",
        ),
        ("a = 1\na = 2\n\n", "bad.toml:2: is not valid TOML: Cannot overwrite a value."),
        ("[a]\n[a]\n", "bad.toml:2: is not valid TOML: Cannot declare ('a',) twice."),
        ('a = """\nnever closed\n', "bad.toml:2: is not valid TOML: Unterminated string."),
        ("a = 2026-02-30\n", "bad.toml:1: is not valid TOML: Invalid date or datetime."),
        (f"\na = {'9' * 5000}\n", "bad.toml:1: is not valid TOML: Exceeds the limit"),
    ],
    ids=["no equals sign", "key twice", "table twice", "open string", "no such day", "far too long a number"],
)
def test_what_is_not_toml_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (problem,) = problems(written(tmp_path, bad=text))
    assert problem.startswith(told)
    assert problem.endswith("Nothing after it could be checked.")


def test_a_file_in_another_encoding_is_told_with_the_line_of_the_first_strange_byte(tmp_path: Path) -> None:
    (tmp_path / "hirosaki.toml").write_bytes('code = "hirosaki"\nname = "弘前"\n'.encode("cp932"))
    assert problems(tmp_path) == ["hirosaki.toml:2: is not written in UTF-8. Save the file as UTF-8."]


def test_a_file_written_on_windows_is_read_like_any_other(tmp_path: Path) -> None:
    """Byte-order mark and CRLF."""
    text = source("hokkaido").replace("\n", "\r\n")
    (tmp_path / "hokkaido.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load(tmp_path)["hokkaido"] == load()["hokkaido"]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "hirosaki.toml").mkdir()
    assert problems(tmp_path) == ["hirosaki.toml:1: cannot be read: Is a directory."]


@pytest.mark.parametrize("directory", [".", "nowhere"])
def test_a_directory_without_co_ops_is_a_mistake(tmp_path: Path, directory: str) -> None:
    with pytest.raises(CoopFileErrors, match=r"holds no co-op. Put a file CODE.toml there for each co-op\.$"):
        load(tmp_path / directory)


def test_a_right_file_beside_a_wrong_one_does_not_start_a_server(tmp_path: Path) -> None:
    written(tmp_path, hokkaido=source("hokkaido"), hirosaki="code = 1\n")
    with pytest.raises(CoopFileErrors):
        load(tmp_path)


def test_an_empty_file_is_told_every_key_it_must_have(tmp_path: Path) -> None:
    told = problems(written(tmp_path, aomori=""))
    assert told[0] == "aomori.toml:1: `calendar` is missing. Add the table [calendar]."
    assert " ".join(problem.split("`")[1] for problem in told) == (
        "calendar code features mail_domain mail_from manual_channels member_number_help member_numbers name"
        " pages password_recovery phone reminders sign_in_identifier systems terms viewing"
    )


@given(
    st.dictionaries(
        KEYS | st.sampled_from(["features", "stores", "pico", "systems", "texts"]), VALUES, max_size=6
    )
)
def test_whatever_stands_in_a_file_the_answer_is_a_list_of_problems(
    tmp_path_factory: pytest.TempPathFactory, document: dict[str, object]
) -> None:
    directory = tmp_path_factory.mktemp("any")
    told = problems(written(directory, any=tomlkit.dumps(document)))
    assert all(problem.startswith("any.toml:") for problem in told)


@given(st.data())
def test_any_line_may_be_missing_and_the_answer_is_a_co_op_or_a_list_of_problems(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lines = source("hirosaki").splitlines()
    missing = data.draw(st.integers(0, len(lines) - 1))
    directory = tmp_path_factory.mktemp("line")
    written(directory, hirosaki="\n".join(lines[:missing] + lines[missing + 1 :]))
    try:
        found = [1 for coop in load(directory).values() if coop.code == "hirosaki"]
    except CoopFileErrors as wrong:
        found = [problem.line for problem in wrong.problems]
    assert found
    assert all(1 <= line <= len(lines) for line in found)


def test_the_projects_own_co_ops_are_right() -> None:
    assert sorted(load_coops(COOPS, ADAPTERS)) == ["hirosaki", "hokkaido"]
