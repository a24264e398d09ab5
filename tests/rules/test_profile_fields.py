"""個人情報変更 (E19): what may stand in each field, and the form in which it is kept."""

from collections.abc import Callable

import pytest

from gateway.rules.profile_fields import (
    usable_address,
    usable_kana,
    usable_mobile_phone,
    usable_name,
    usable_phone,
    usable_postal_code,
)

Rule = Callable[[str], str | None]


@pytest.mark.parametrize(
    ("rule", "typed", "kept"),
    [
        (usable_name, "　札幌　 一郎 ", "札幌 一郎"),
        (usable_name, "髙﨑 健一", "髙﨑 健一"),
        (usable_name, "佐々木 Ann-Marie", "佐々木 Ann-Marie"),
        (usable_name, "山" * 40, "山" * 40),
        (usable_kana, "ｻｯﾎﾟﾛ　ｲﾁﾛｳ", "サッポロ イチロウ"),
        (usable_kana, "さっぽろ ヴぃくとりあ", "サッポロ ヴィクトリア"),
        (usable_kana, "ア" * 30, "ア" * 30),
        (usable_postal_code, "0368224", "036-8224"),
        (usable_postal_code, "〒０３６－８２２４", "036-8224"),
        (
            usable_address,
            " 青森県弘前市文京町1番地\n コーポ文京 201号 ",
            "青森県弘前市文京町1番地 コーポ文京 201号",
        ),
        (usable_address, "あ" * 120, "あ" * 120),
        (usable_phone, "（０１７２）３４-４８０６", "0172344806"),
        (usable_phone, "050-1234-5678", "05012345678"),
        (usable_mobile_phone, "080 1234 5678", "08012345678"),
    ],
)
def test_what_was_typed_is_kept_as_the_profile_shows_it(rule: Rule, typed: str, kept: str) -> None:
    """E19: any width, any spaces."""
    assert rule(typed) == kept


@pytest.mark.parametrize(
    ("rule", "typed"),
    [
        *(
            (usable_name, typed)
            for typed in ("", " 　", "札幌1郎", "札幌〓", "札幌 一郎😀", "a\x00b", "山" * 41)
        ),
        *((usable_kana, typed) for typed in ("", "札幌", "サッポロ1", " ", "ア" * 31, "・" * 31)),
        *((usable_postal_code, typed) for typed in ("", "036-822", "036-82244", "abcdefg")),
        *((usable_address, typed) for typed in ("", "　", "弘前市\x00", "あ" * 121)),
        *((usable_phone, typed) for typed in ("", "172344806", "017234480", "017234480612", "1172344806")),
        *((usable_mobile_phone, typed) for typed in ("", "0172344806", "06012345678", "0801234567")),
    ],
)
def test_what_cannot_stand_there_is_refused(rule: Rule, typed: str) -> None:
    """E19."""
    assert rule(typed) is None
