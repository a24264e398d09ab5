"""Mistakes that no single key shows: one change to a right file, one finding."""

from pathlib import Path

import pytest

from tests.config.coops import changed, line_of, problems, source

PC_PREPAID = '[[pico.history]]\nview = "PC"\nkind = "PREPAID"\n'
POS = source("hirosaki").partition("[systems.pos]")[2].partition("[systems.notices]")[0]


@pytest.mark.parametrize(
    ("code", "old", "new", "told"),
    [
        (
            "hirosaki",
            'code = "hirosaki"',
            'code = "aomori"',
            "`code` differs from the file's name. Name the file aomori.toml or write 'hirosaki'.",
        ),
        (
            "hirosaki",
            'mail_from = "mypage@klas.seikyou.jp"',
            'mail_from = "mypage@seikyou.jp"',
            "`mail_from` is not in `mail_domain`. Members let only klas.seikyou.jp through (A24).",
        ),
        (
            "hokkaido",
            'password_recovery = "RESET_LINK"',
            'password_recovery = "REISSUE"',
            "`pages.password_reset_url` is there, but `password_recovery` REISSUE mails no link. Take it out.",
        ),
        (
            "hirosaki",
            'password_recovery = "REISSUE"',
            'password_recovery = "RESET_LINK"',
            "`pages.password_reset_url` is missing, and `password_recovery` RESET_LINK leads there."
            " Add it to [pages].",
        ),
        (
            "hirosaki",
            "/registration#token={token}",
            "/registration?token={token}",
            "`pages.registration_url` must be an address with {token} after its `#`,"
            " such as https://mypage.example.jp/confirm#token={token}.",
        ),
        (
            "hokkaido",
            "[billing]\nclosing_day = 20",
            "",
            "`features` has STATEMENTS, but [billing] is missing. Add the table [billing].",
        ),
        (
            "hokkaido",
            'features = ["STATEMENTS", "DIGITAL_CARD", "PROFILE_CHANGE"]',
            'features = ["DIGITAL_CARD"]',
            "`billing` is there without the feature STATEMENTS. Add the feature or take it out.",
        ),
        (
            "hokkaido",
            'kind = "TRANSFER_AND_RETIREMENT_FORM"',
            'kind = "INQUIRY_FORM"',
            "`manual_channels` has no TRANSFER_AND_RETIREMENT_FORM, and the feature PROFILE_CHANGE sends members"
            " there who have changed their workplace (E18). Add it to [[manual_channels]].",
        ),
        (
            "hirosaki",
            'name = "FERIO"\naccepts_pico = true\ncan_receive_prepaid = true\nhours = "平日 10:00～18:00"\n',
            'name = "FERIO"\naccepts_pico = true\ncan_receive_prepaid = true\nhours = ""\n',
            "`stores[2].hours` must not be empty.",
        ),
        (
            "hirosaki",
            'code = "202"',
            'code = "201"',
            "`stores[5].code` is the same as that of `stores[4]`. Give each store a code of its own.",
        ),
        (
            "hirosaki",
            PC_PREPAID,
            '[[pico.history]]\nview = "PC"\nkind = "OTHER"\n',
            "`pico.history` has no rule for the view PC and the kind PREPAID."
            ' Add [[pico.history]] with view = "PC" and kind = "PREPAID".',
        ),
        (
            "hirosaki",
            'kind = "LEARNING"\n',
            'kind = "FOOD"\n',
            "`pico.history[3]` is a second rule for PC and FOOD. Keep one of them.",
        ),
        (
            "hirosaki",
            f"[systems.pos]{POS}",
            "",
            "`features` has PICO and MEAL_CARD, but there is no POS to ask. Add the table [systems.pos].",
        ),
        (
            "hirosaki",
            'how_to_resume = "利用再開には、店舗での手続きが必要です。" ',
            "",
            "`texts.how_to_resume` is missing, and the feature PICO shows it. Add it to [texts].",
        ),
        (
            "hirosaki",
            'adapter = "pos_web"',
            'adapter = "registry_sql"',
            "`systems.pos.adapter` is not an adapter for this system. Known here: `pos_web`.",
        ),
        (
            "hirosaki",
            'terminal = "KLAS-GW-01"\n',
            "",
            "`systems.pos.terminal` is missing, and the adapter pos_web needs it. Add `terminal = …`.",
        ),
        (
            "hirosaki",
            'terminal = "KLAS-GW-01"\n',
            'terminal = "KLAS-GW-01"\nusername_env = "HIROSAKI_POS_USER"\n',
            "`systems.pos.username_env` is not used by the adapter pos_web. Take it out.",
        ),
    ],
)
def test_what_does_not_fit_together_is_told(tmp_path: Path, code: str, old: str, new: str, told: str) -> None:
    (tmp_path / f"{code}.toml").write_text(changed(source(code), (old, new)), encoding="utf-8")
    (problem,) = problems(tmp_path)
    assert problem.split(": ", maxsplit=1)[1] == told


def test_prepaid_money_needs_a_store_that_hands_it_out(tmp_path: Path) -> None:
    """B11, B14."""
    text = source("hirosaki").replace("can_receive_prepaid = true", "can_receive_prepaid = false")
    (tmp_path / "hirosaki.toml").write_text(text, encoding="utf-8")
    assert problems(tmp_path) == [
        f"hirosaki.toml:{line_of('hirosaki', '[[stores]]')}: `stores` has no store that hands out prepaid money,"
        " and the feature PICO needs one."
        " Set `can_receive_prepaid = true` in at least one of [[stores]] (B14)."
    ]


def test_a_meal_card_needs_a_dining_hall(tmp_path: Path) -> None:
    """D4."""
    text = source("hirosaki").replace("is_dining_hall = true", "is_dining_hall = false")
    (tmp_path / "hirosaki.toml").write_text(text, encoding="utf-8")
    assert problems(tmp_path) == [
        f"hirosaki.toml:{line_of('hirosaki', '[[stores]]')}: `stores` has no dining hall,"
        " and the feature MEAL_CARD needs one."
        " Set `is_dining_hall = true` in at least one of [[stores]] (D4)."
    ]


def test_a_pos_that_nothing_asks_is_a_mistake(tmp_path: Path) -> None:
    text = changed(
        source("hokkaido"),
        ("[systems.notices]  ", f"[systems.pos]{POS}\n[systems.notices]  "),
    )
    (tmp_path / "hokkaido.toml").write_text(text, encoding="utf-8")
    (problem,) = problems(tmp_path)
    assert problem.endswith(
        "`systems.pos` is there without the feature PICO or MEAL_CARD, so nothing asks it."
        " Add the feature or take it out."
    )
