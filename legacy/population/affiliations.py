"""Where invented people study and work."""

from random import Random
from typing import NamedTuple

from legacy.population.places import HOKKAIDO


class Course(NamedTuple):
    """A course of studies and how many years it takes."""

    name: str
    years: int


UNDERGRADUATE = (
    Course("人文社会科学部 文化創生課程", 4),
    Course("人文社会科学部 社会経営課程", 4),
    Course("教育学部 学校教育教員養成課程", 4),
    Course("教育学部 養護教諭養成課程", 4),
    Course("医学部 保健学科", 4),
    Course("理工学部 数物科学科", 4),
    Course("理工学部 電子情報工学科", 4),
    Course("理工学部 機械科学科", 4),
    Course("農学生命科学部 生物学科", 4),
    Course("農学生命科学部 食料資源学科", 4),
    Course("農学生命科学部 地域環境工学科", 4),
    Course("医学部 医学科", 6),
)
GRADUATE = (
    Course("大学院人文社会科学研究科 修士課程", 2),
    Course("大学院教育学研究科 専門職学位課程", 2),
    Course("大学院理工学研究科 博士前期課程", 2),
    Course("大学院農学生命科学研究科 修士課程", 2),
    Course("大学院保健学研究科 博士後期課程", 3),
    Course("大学院医学研究科 博士課程", 4),
)
FACULTY = (
    "人文社会科学部",
    "教育学部",
    "医学部附属病院",
    "理工学部",
    "農学生命科学部",
    "事務局 学務部",
    "附属図書館",
    "大学生協",
)

_SCHOOLS = ("さくら", "すずらん", "はまなす", "ひまわり", "しらかば", "いちょう", "つばめ", "みずなら")
_LEVELS = ("第一小学校", "第二小学校", "第三小学校", "小学校", "中学校", "第二中学校", "高等学校", "支援学校")


def school_of(rng: Random) -> str:
    """A school that does not exist, in a town that does."""
    town = HOKKAIDO[int(rng.random() * len(HOKKAIDO))].name.removeprefix("北海道").partition("市")[0]
    draw = int(rng.random() * 64)
    return f"{town}市立{_SCHOOLS[draw % 8]}{_LEVELS[draw // 8]}"
