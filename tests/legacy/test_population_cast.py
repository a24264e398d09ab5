"""The cast: the people of the demo, exactly as they were agreed on, whatever the day."""

from datetime import date, datetime, timedelta

import pytest

from legacy.clock import JAPAN
from legacy.population import Population
from legacy.population.days import previous_office_day
from legacy.population.figures import UnreceivedItem
from legacy.population.person import Billing, CardState, Dirt, Kind, Person, Portal, Status, Stop
from tests.running import NOW

OTHER_DAYS = (datetime(2027, 3, 31, 9, tzinfo=JAPAN), datetime(2028, 4, 1, 9, tzinfo=JAPAN))


def hirosaki(index: int, now: datetime = NOW) -> Person:
    person = Population("hirosaki", 200, now).person(f"2101{index:08d}")
    assert person is not None
    return person


def hokkaido(index: int, now: datetime = NOW) -> Person:
    person = Population("hokkaido", 200, now).person(f"1000{index:04d}")
    assert person is not None
    return person


def test_the_cast_of_hirosaki_has_the_agreed_names() -> None:
    names = [hirosaki(index).name.kanji for index in range(1, 16)]
    assert names == [
        "弘前 太郎",
        "津軽 花子",
        "髙﨑 健一",
        "岩木 次郎",
        "八甲田 三郎",
        "白神 恵",
        "十和田 葵",
        "相馬 翼",
        "黒石 みどり",
        "五所川原 誠",
        "藤\ue000 凛",
        "平川 空",
        "板柳 蓮",
        "鰺ヶ沢 海",
        "深浦 陽",
    ]


def test_the_cast_of_hokkaido_has_the_agreed_names() -> None:
    names = [hokkaido(index).name.kanji for index in range(1, 8)]
    assert names == ["札幌 一郎", "小樽 幸子", "函館 翔", "旭川 恵子", "釧路 勇", "北見 真由美", "室蘭 髙志"]


@pytest.mark.parametrize("now", [NOW, *OTHER_DAYS])
def test_taro_has_pico_points_and_two_slips(now: datetime) -> None:
    """One slip is posted and can be received, the other is paid only (B12)."""
    taro = hirosaki(1, now)
    figures = taro.figures
    assert (taro.name.kana, taro.kind, taro.admission_year) == ("ﾋﾛｻｷ ﾀﾛｳ", Kind.UNDERGRADUATE, 2024)
    assert (taro.status, taro.kari_flag, taro.portal) == (Status.ACTIVE, "1", Portal.REGISTERED)
    assert (taro.has_meal_card, taro.stop) == (True, None)
    assert (figures.prepaid_balance, figures.points, figures.web_points) == (4_350, 120, 640)
    paid_on = taro.today - timedelta(days=25)
    assert figures.unreceived == (
        UnreceivedItem("0000000101", 20_000, paid_on, paid_on + timedelta(days=8)),
        UnreceivedItem("0000000102", 5_000, taro.today - timedelta(days=3), None),
    )


def test_taros_father_is_registered_too() -> None:
    father = hirosaki(1).parent
    assert father is not None
    assert (father.name.kanji, father.relation, father.registered) == ("弘前 一郎", "01", True)
    assert (father.mobile_phone, father.email) == ("08000000001", "hirosaki-ichiro@example.jp")


@pytest.mark.parametrize("now", [NOW, *OTHER_DAYS])
def test_hanako_studies_medicine_since_2020_and_has_nothing_on_her_card(now: datetime) -> None:
    hanako = hirosaki(2, now)
    assert (hanako.admission_year, hanako.affiliation, hanako.kari_flag) == (2020, "医学部 医学科", "1")
    assert (hanako.has_meal_card, hanako.graduates_on) == (False, None)
    assert hanako.parent is not None
    figures = hanako.figures
    assert (figures.prepaid_balance, figures.points, figures.web_points, figures.unreceived) == (0, 0, 0, ())


def test_kenichi_is_a_graduate_student_whose_guardian_has_no_mobile_phone() -> None:
    kenichi = hirosaki(3)
    assert (kenichi.kind, kenichi.admission_year) == (Kind.GRADUATE, 2019)
    assert kenichi.parent is not None
    assert kenichi.parent.mobile_phone is None
    assert (kenichi.figures.prepaid_balance, kenichi.figures.points) == (12_080, 199)


def test_jiro_joined_in_2014_and_was_refunded_with_an_unknown_flag() -> None:
    """The flag is blank, so the year of joining decides (X1)."""
    jiro = hirosaki(4)
    assert (jiro.joined_on, jiro.admission_year, jiro.kari_flag) == (date(2014, 3, 8), 2014, " ")
    assert (jiro.status, jiro.share_refunded_on) == (Status.WITHDRAWN, date(2018, 4, 10))
    assert [card.state for card in jiro.cards] == [CardState.RETURNED]


def test_saburo_joined_in_2013_without_a_provisional_credential() -> None:
    """He goes the way of new registration (A15)."""
    saburo = hirosaki(5)
    assert (saburo.joined_on.year, saburo.admission_year, saburo.kari_flag) == (2013, 2013, "0")
    assert (saburo.kind, saburo.status) == (Kind.GRADUATE, Status.ACTIVE)


def test_megumi_suspended_her_pico_on_the_web() -> None:
    megumi = hirosaki(6)
    assert megumi.stop == Stop(date(2026, 11, 13), store=None)
    assert (megumi.admission_year, megumi.has_meal_card) == (2023, True)


def test_aoi_is_leaving_tsubasa_has_not_paid_and_midori_has_left() -> None:
    aoi, tsubasa, midori = hirosaki(7), hirosaki(8), hirosaki(9)
    assert (aoi.status, aoi.share_refunded_on) == (Status.WITHDRAWING, None)
    assert aoi.withdrawal_noticed_on == date(2026, 11, 6)
    assert (tsubasa.status, tsubasa.share.paid_on, tsubasa.cards) == (Status.AWAITING_PAYMENT, None, ())
    assert (midori.status, midori.share_refunded_on) == (Status.WITHDRAWN, date(2021, 4, 9))


def test_makoto_is_faculty_without_guardian_or_admission_year() -> None:
    makoto = hirosaki(10)
    assert (makoto.kind, makoto.parent, makoto.admission_year) == (Kind.FACULTY, None, None)


def test_rins_name_holds_a_private_use_character() -> None:
    rin = hirosaki(11)
    assert (rin.name.family, rin.admission_year) == ("藤\ue000", 2022)
    assert rin.dirt == frozenset({Dirt.PRIVATE_USE})


@pytest.mark.parametrize(("now", "year"), [(NOW, 2026), *zip(OTHER_DAYS, (2026, 2028), strict=True)])
def test_sora_joined_this_spring_and_has_no_history(now: datetime, year: int) -> None:
    sora = hirosaki(12, now)
    assert (sora.admission_year, sora.parent, sora.figures.receipts_a_year) == (year, None, 0)
    assert sora.joined_on == min(date(year, 4, 3), sora.today)


def test_rens_old_mobile_address_is_undeliverable() -> None:
    assert hirosaki(13).email == "ren..i@docomo.example"


@pytest.mark.parametrize(("now", "year"), [(NOW, 2027), *zip(OTHER_DAYS, (2027, 2029), strict=True)])
def test_kai_graduates_next_march_with_a_posted_slip(now: datetime, year: int) -> None:
    """Prepaid money can be used until the end of March of the year of graduation (B23, X9)."""
    kai = hirosaki(14, now)
    assert (kai.admission_year, kai.graduates_on) == (year - 4, date(year, 3, 31))
    (item,) = kai.figures.unreceived
    assert item.amount == 30_000
    assert item.posted_on is not None
    assert item.posted_on < kai.today


def test_yos_guardian_has_the_family_number_once_more() -> None:
    yo = hirosaki(15)
    assert yo.parent is not None
    assert yo.home_phone == yo.parent.mobile_phone == "0172001015"
    assert yo.dirt == frozenset({Dirt.FULL_WIDTH_PHONE})


def test_the_cast_of_hokkaido_is_in_every_state_of_membership() -> None:
    states = [(hokkaido(index).kind, hokkaido(index).status) for index in range(1, 6)]
    assert states == [
        (Kind.IN_SERVICE, Status.ACTIVE),
        (Kind.RETIRED, Status.ACTIVE),
        (Kind.IN_SERVICE, Status.AWAITING_PAYMENT),
        (Kind.IN_SERVICE, Status.WITHDRAWING),
        (Kind.RETIRED, Status.WITHDRAWN),
    ]


def test_ichiro_has_five_units_and_a_statement_in_each_of_24_months() -> None:
    ichiro = hokkaido(1)
    assert (ichiro.share.units, ichiro.share.amount, ichiro.billing) == (5, 5_000, Billing(24, 1.0))
    assert ichiro.email == "sapporo@example.jp"


@pytest.mark.parametrize("now", [NOW, *OTHER_DAYS])
def test_mayumis_new_name_was_taken_up_on_the_business_day_before(now: datetime) -> None:
    """Her card shows it about three business days later (E21, X18)."""
    mayumi = hokkaido(6, now)
    assert mayumi.renaming is not None
    assert (mayumi.renaming.old.kanji, mayumi.name.kanji) == ("帯広 真由美", "北見 真由美")
    assert mayumi.renaming.accepted_on == previous_office_day(mayumi.today)
    assert mayumi.renaming.received_on < mayumi.renaming.accepted_on


def test_takashis_address_holds_a_private_use_character() -> None:
    takashi = hokkaido(7)
    assert "髙" in takashi.name.given
    assert "\ue001" in takashi.address


def test_school_staff_have_neither_pico_nor_meal_card() -> None:
    people = list(Population("hokkaido", 200, NOW).people())
    assert {person.figures.prepaid_balance for person in people} == {0}
    assert {(person.has_meal_card, person.stop) for person in people} == {(False, None)}
