"""Who registers in these tests, with what the registry says of them and what they choose."""

from dataclasses import dataclass

STAFF_OF = {"hirosaki": "staff-hirosaki", "hokkaido": "staff-hokkaido@example.jp"}
NEW_PASSWORD = "ringo no hana saku oka 7"
OTHER_PASSWORD = "yuki no iwaki-san wo miru 3"
TERMS = {"hirosaki": "2020-03", "hokkaido": "2020-04"}


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the registry has them: `birth_date` as ISO, phones as digits."""

    coop: str
    number: str
    birth_date: str
    home_phone: str


def _of_hirosaki(index: int, birth_date: str) -> Person:
    return Person("hirosaki", f"2101{index:08d}", birth_date, f"0172001{index:03d}")


HANAKO = _of_hirosaki(2, "2001-06-15")
"""津軽 花子: admitted in 2020, has a provisional credential and a guardian, no account."""
KENICHI = _of_hirosaki(3, "2000-12-24")
"""髙﨑 健一: admitted in 2019, registered; the guardian is not, and has no mobile phone."""
JIRO = _of_hirosaki(4, "1995-09-30")
"""岩木 次郎: withdrawn."""
SABURO = _of_hirosaki(5, "1994-07-15")
"""八甲田 三郎: joined in 2013, no provisional credential, no account."""
MEGUMI = _of_hirosaki(6, "2004-11-03")
"""白神 恵: registered; the guardian is not."""
TSUBASA = _of_hirosaki(8, "2007-10-10")
"""相馬 翼: the share capital is not paid yet."""
MAKOTO = _of_hirosaki(10, "1968-02-29")
"""五所川原 誠: faculty, joined in 1998, no guardian."""
YO = _of_hirosaki(15, "2000-04-02")
"""深浦 陽: admitted in 2019; phones in full width, the guardian's is the family's."""
TARO = _of_hirosaki(1, "2005-08-01")
"""弘前 太郎: registered, as is the guardian."""


def _of_hokkaido(index: int, birth_date: str) -> Person:
    return Person("hokkaido", f"1000{index:04d}", birth_date, f"0110001{index:03d}")


SACHIKO = _of_hokkaido(2, "1957-03-12")
"""小樽 幸子: retired, no account."""
SHO = _of_hokkaido(3, "2001-01-18")
"""函館 翔: the share capital is not paid yet."""
ISAMU = _of_hokkaido(5, "1964-06-30")
"""釧路 勇: withdrawn and refunded."""
