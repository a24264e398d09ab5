"""`python -m gateway coops check`."""

from io import StringIO
from pathlib import Path

from gateway.coop_check import check_coops
from tests.config.coops import ADAPTERS, COOPS, changed, source


def test_right_files_give_a_short_summary_and_exit_code_0() -> None:
    output = StringIO()
    assert check_coops(COOPS, ADAPTERS, output) == 0
    assert output.getvalue() == (
        "hirosaki: 弘前大学生活協同組合\n"
        "  features   GUARDIANS, MEAL_CARD, PICO\n"
        "  systems    registry by registry_sql, pos by pos_web, notices by mail_relay, mailer by mail_relay\n"
        "  secrets in HIROSAKI_MAIL_KEY, HIROSAKI_POS_KEY\n"
        "hokkaido: 北海道学校生活協同組合\n"
        "  features   DIGITAL_CARD, PROFILE_CHANGE, STATEMENTS\n"
        "  systems    registry by registry_sql, notices by mail_relay, mailer by mail_relay\n"
        "  secrets in HOKKAIDO_MAIL_KEY\n"
        "2 co-ops, no problems.\n"
    )


def test_wrong_files_give_a_line_a_mistake_and_exit_code_1(tmp_path: Path) -> None:
    text = changed(source("hokkaido"), ("closing_day = 20 ", 'closing_day = "20" '))
    (tmp_path / "hokkaido.toml").write_text(text, encoding="utf-8")
    output = StringIO()
    assert check_coops(tmp_path, ADAPTERS, output) == 1
    problem, count = output.getvalue().splitlines()
    assert problem.startswith(f"{tmp_path}/hokkaido.toml:")
    assert problem.endswith(": `billing.closing_day` must be a whole number, without quotes.")
    assert count == "1 problem."
