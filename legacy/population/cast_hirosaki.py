"""The cast of Hirosaki: the first fifteen numbers, the same people whatever seed, size and day."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from legacy.population import cast
from legacy.population.contact import Contact
from legacy.population.days import academic_year, previous_office_day
from legacy.population.figures import Figures, slip
from legacy.population.membership import Membership, Seat
from legacy.population.person import Dirt, Kind, Name, Person, Portal, Stop
from legacy.population.university import CAPITAL


def _contact(seat: Seat, who: Name) -> Contact:
    last = f"{seat.index:03d}"
    return Contact(
        "0368224",
        f"青森県弘前市文京町{seat.index}番地",
        f"0172001{last}",
        f"09000000{last}",
        cast.email(who),
    )


def _student(seat: Seat, who: Name, born: date, admitted: int, members: Membership) -> Person:
    """An undergraduate who joined in 2014 or later and was given a provisional credential (A14)."""
    base = cast.person(seat, who, born, members, _contact(seat, who))
    return replace(
        base,
        kind=Kind.UNDERGRADUATE,
        admission_year=admitted,
        graduates_on=date(admitted + 4, 3, 31),
        affiliation="人文社会科学部 文化創生課程",
        kari_flag="1",
        portal=Portal.PROVISIONAL,
    )


def _joined(seat: Seat, year: int) -> Membership:
    return cast.active(seat, date(year, 3, 8), CAPITAL)


def _hirosaki_taro(seat: Seat) -> Person:
    who = cast.name("弘前 太郎", "ヒロサキ タロウ")
    paid_on = seat.today - timedelta(days=25)
    slips = (
        slip(seat.index, 1, 20_000, paid_on, paid_on + timedelta(days=8)),
        slip(seat.index, 2, 5_000, seat.today - timedelta(days=3), None),
    )
    parent = cast.parent_of(seat, "弘前 一郎", "ヒロサキ イチロウ")
    return replace(
        _student(seat, who, date(2005, 8, 1), 2024, _joined(seat, 2024)),
        portal=Portal.REGISTERED,
        parent=replace(parent, email="hirosaki-ichiro@example.jp", registered=True),
        has_meal_card=True,
        fixed_figures=Figures(4_350, 120, 640, slips, receipts_a_year=160, newcomer_purchases=248_000),
    )


def _tsugaru_hanako(seat: Seat) -> Person:
    """Six years of medicine, admitted in 2020 and still enrolled: nobody knows when she will graduate."""
    who = cast.name("津軽 花子", "ツガル ハナコ")
    return replace(
        _student(seat, who, date(2001, 6, 15), 2020, _joined(seat, 2020)),
        affiliation="医学部 医学科",
        graduates_on=None,
        parent=cast.parent_of(seat, "津軽 美代子", "ツガル ミヨコ", relation="02"),
        fixed_figures=Figures(receipts_a_year=30),
    )


def _takasaki_kenichi(seat: Seat) -> Person:
    who = cast.name("髙﨑 健一", "タカサキ ケンイチ")
    parent = cast.parent_of(seat, "髙﨑 正", "タカサキ タダシ")
    return replace(
        _student(seat, who, date(2000, 12, 24), 2019, _joined(seat, 2019)),
        kind=Kind.GRADUATE,
        affiliation="大学院理工学研究科 博士後期課程",
        graduates_on=None,
        portal=Portal.REGISTERED,
        parent=replace(parent, mobile_phone=None),
        dirt=frozenset({Dirt.VARIANT_KANJI}),
        fixed_figures=Figures(12_080, 199, receipts_a_year=90, newcomer_purchases=165_000),
    )


def _iwaki_jiro(seat: Seat) -> Person:
    who = cast.name("岩木 次郎", "イワキ ジロウ")
    gone = cast.withdrawn(seat, date(2014, 3, 8), CAPITAL, date(2018, 2, 20), date(2018, 4, 10))
    return replace(_student(seat, who, date(1995, 9, 30), 2014, gone), kari_flag=" ")


def _hakkoda_saburo(seat: Seat) -> Person:
    who = cast.name("八甲田 三郎", "ハッコウダ サブロウ")
    return replace(
        _student(seat, who, date(1994, 7, 15), 2013, _joined(seat, 2013)),
        kind=Kind.GRADUATE,
        affiliation="大学院医学研究科 博士課程",
        graduates_on=None,
        kari_flag="0",
        portal=Portal.NONE,
        fixed_figures=Figures(1_500, 30, receipts_a_year=60),
    )


def _shirakami_megumi(seat: Seat) -> Person:
    who = cast.name("白神 恵", "シラカミ メグミ")
    return replace(
        _student(seat, who, date(2004, 11, 3), 2023, _joined(seat, 2023)),
        portal=Portal.REGISTERED,
        parent=cast.parent_of(seat, "白神 勝", "シラカミ マサル"),
        has_meal_card=True,
        stop=Stop(previous_office_day(seat.today - timedelta(days=5)), store=None),
        fixed_figures=Figures(3_280, 77, 200, receipts_a_year=200),
    )


def _towada_aoi(seat: Seat) -> Person:
    leaving = cast.withdrawing(seat, date(2022, 3, 8), CAPITAL)
    who = cast.name("十和田 葵", "トワダ アオイ")
    return replace(
        _student(seat, who, date(2003, 5, 20), 2022, leaving),
        fixed_figures=Figures(800, 10, receipts_a_year=20),
    )


def _soma_tsubasa(seat: Seat) -> Person:
    year = academic_year(seat.today)
    applied = cast.awaiting_payment(seat, CAPITAL)
    who = cast.name("相馬 翼", "ソウマ ツバサ")
    return _student(seat, who, date(year - 19, 10, 10), year, applied)


def _kuroishi_midori(seat: Seat) -> Person:
    gone = cast.withdrawn(seat, date(2017, 3, 8), CAPITAL, date(2021, 2, 15), date(2021, 4, 9))
    who = cast.name("黒石 みどり", "クロイシ ミドリ")
    return _student(seat, who, date(1998, 8, 8), 2017, gone)


def _goshogawara_makoto(seat: Seat) -> Person:
    who = cast.name("五所川原 誠", "ゴショガワラ マコト")
    members = cast.active(seat, date(1998, 4, 6), CAPITAL)
    return replace(
        cast.person(seat, who, date(1968, 2, 29), members, _contact(seat, who)),
        kind=Kind.FACULTY,
        affiliation="農学生命科学部",
        fixed_figures=Figures(9_940, 150, receipts_a_year=110),
    )


def _fuji_rin(seat: Seat) -> Person:
    who = cast.name("藤\ue000 凛", "フジサキ リン")
    return replace(
        _student(seat, who, date(2003, 9, 9), 2022, _joined(seat, 2022)),
        parent=cast.parent_of(seat, "藤\ue000 進", "フジサキ ススム"),
        dirt=frozenset({Dirt.PRIVATE_USE}),
        fixed_figures=Figures(2_000, 5, 400, receipts_a_year=120, newcomer_purchases=190_500),
    )


def _hirakawa_sora(seat: Seat) -> Person:
    """Joined this spring and never bought anything."""
    year = academic_year(seat.today)
    who = cast.name("平川 空", "ヒラカワ ソラ")
    members = cast.active(seat, min(date(year, 4, 3), seat.today), CAPITAL)
    return _student(seat, who, date(year - 19, 7, 7), year, members)


def _itayanagi_ren(seat: Seat) -> Person:
    who = cast.name("板柳 蓮", "イタヤナギ レン")
    student = _student(seat, who, date(2004, 6, 1), 2023, _joined(seat, 2023))
    return replace(
        student,
        email="ren..i@docomo.example",
        parent=cast.parent_of(seat, "板柳 茂", "イタヤナギ シゲル"),
        dirt=frozenset({Dirt.UNDELIVERABLE}),
        fixed_figures=Figures(610, 45, 15, receipts_a_year=140),
    )


def _ajigasawa_kai(seat: Seat) -> Person:
    """Graduates next March whenever the demo runs, with slip money still to be received (B23, X9)."""
    admitted = academic_year(seat.today) - 3
    paid_on = seat.today - timedelta(days=40)
    who = cast.name("鰺ヶ沢 海", "アジガサワ カイ")
    return replace(
        _student(seat, who, date(admitted - 19, 12, 1), admitted, _joined(seat, admitted)),
        parent=cast.parent_of(seat, "鰺ヶ沢 実", "アジガサワ ミノル"),
        fixed_figures=Figures(
            prepaid_balance=1_200,
            points=90,
            unreceived=(slip(seat.index, 1, 30_000, paid_on, paid_on + timedelta(days=9)),),
            receipts_a_year=150,
        ),
    )


def _fukaura_yo(seat: Seat) -> Person:
    """Phones in full width, and the guardian's mobile phone is the family's number once more."""
    who = cast.name("深浦 陽", "フカウラ ヨウ")
    parent = cast.parent_of(seat, "深浦 豊", "フカウラ ユタカ")
    student = _student(seat, who, date(2000, 4, 2), 2019, _joined(seat, 2019))
    return replace(
        student,
        graduates_on=None,
        parent=replace(parent, mobile_phone=student.home_phone),
        dirt=frozenset({Dirt.FULL_WIDTH_PHONE}),
        fixed_figures=Figures(500, 20, receipts_a_year=70),
    )


HIROSAKI_CAST: Mapping[int, Callable[[Seat], Person]] = {
    1: _hirosaki_taro,
    2: _tsugaru_hanako,
    3: _takasaki_kenichi,
    4: _iwaki_jiro,
    5: _hakkoda_saburo,
    6: _shirakami_megumi,
    7: _towada_aoi,
    8: _soma_tsubasa,
    9: _kuroishi_midori,
    10: _goshogawara_makoto,
    11: _fuji_rin,
    12: _hirakawa_sora,
    13: _itayanagi_ren,
    14: _ajigasawa_kai,
    15: _fukaura_yo,
}
