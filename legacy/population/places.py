"""Where invented people live. Towns are real, houses and phone numbers are not.

A local exchange beginning with 0 or 1 is never assigned in Japan, nor is a mobile number whose fourth digit
is 0: no generated number can ring at somebody's home.
"""

from random import Random
from typing import NamedTuple


class Town(NamedTuple):
    """A town: first five digits of its postal codes, name with prefecture, telephone area code."""

    postal_prefix: str
    name: str
    area_code: str


NORTH = (
    Town("03680", "青森県弘前市", "0172"),
    Town("03682", "青森県弘前市", "0172"),
    Town("03008", "青森県青森市", "017"),
    Town("03100", "青森県八戸市", "0178"),
    Town("03400", "青森県十和田市", "0176"),
    Town("03700", "青森県五所川原市", "0173"),
    Town("03500", "青森県むつ市", "0175"),
    Town("01009", "秋田県秋田市", "018"),
    Town("01700", "秋田県大館市", "0186"),
    Town("02008", "岩手県盛岡市", "019"),
    Town("02400", "岩手県北上市", "0197"),
    Town("98008", "宮城県仙台市青葉区", "022"),
    Town("99000", "山形県山形市", "023"),
    Town("96080", "福島県福島市", "024"),
    Town("06000", "北海道札幌市中央区", "011"),
    Town("04000", "北海道函館市", "0138"),
    Town("95000", "新潟県新潟市東区", "025"),
    Town("31000", "茨城県水戸市", "029"),
    Town("33000", "埼玉県さいたま市大宮区", "048"),
    Town("16000", "東京都新宿区", "03"),
)

HOKKAIDO = (
    Town("06000", "北海道札幌市中央区", "011"),
    Town("00100", "北海道札幌市北区", "011"),
    Town("06200", "北海道札幌市豊平区", "011"),
    Town("04700", "北海道小樽市", "0134"),
    Town("04000", "北海道函館市", "0138"),
    Town("07000", "北海道旭川市", "0166"),
    Town("05000", "北海道室蘭市", "0143"),
    Town("08500", "北海道釧路市", "0154"),
    Town("08000", "北海道帯広市", "0155"),
    Town("09000", "北海道北見市", "0157"),
    Town("06800", "北海道岩見沢市", "0126"),
    Town("05300", "北海道苫小牧市", "0144"),
    Town("09700", "北海道稚内市", "0162"),
    Town("08700", "北海道根室市", "0153"),
)

AREA_CODES = tuple(sorted({town.area_code for town in (*NORTH, *HOKKAIDO)}, key=len, reverse=True))
"""Longest first, so that the first one a number starts with is its own."""

_QUARTERS = ("本町", "大町", "富田町", "桜ケ丘", "緑町", "栄町", "東町", "旭町", "若葉町", "花園町")
_HOUSES = ("", "", "", "コーポ若葉", "メゾン桜", "ハイツ白鳥", "第二緑荘")


def town_of(rng: Random, towns: tuple[Town, ...]) -> Town:
    """One of the towns; the first half of the list is home to most people."""
    draw = rng.random()
    return towns[int(draw * draw * len(towns))]


def postal_code_in(town: Town, rng: Random) -> str:
    """Seven digits."""
    return f"{town.postal_prefix}{int(rng.random() * 100):02d}"


def address_in(town: Town, rng: Random) -> str:
    """Town, quarter, block and number, perhaps a house and room."""
    draw = int(rng.random() * 1_000_000)
    quarter = _QUARTERS[draw % len(_QUARTERS)]
    house = _HOUSES[draw // 20 % len(_HOUSES)]
    room = f"　{house}{101 + draw % 4 + 100 * (draw // 7 % 3)}号室" if house else ""
    block, number = draw // 500 % 30 + 1, draw // 15_000 % 20 + 1
    return f"{town.name}{quarter}{draw // 100 % 5 + 1}丁目{block}－{number}{room}"


def home_phone_in(town: Town, rng: Random) -> str:
    """Ten digits, of an exchange that does not exist."""
    width = 10 - len(town.area_code)
    return f"{town.area_code}{int(rng.random() * 2 * 10 ** (width - 1)):0{width}d}"


def mobile_phone(rng: Random) -> str:
    """Eleven digits, of a range that does not exist."""
    draw = int(rng.random() * 30_000_000)
    return f"0{70 + 10 * (draw % 3)}0{draw // 3:07d}"
