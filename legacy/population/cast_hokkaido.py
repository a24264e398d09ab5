"""The cast of Hokkaido: the first seven numbers, the same people whatever seed, size and day."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from legacy.population import cast
from legacy.population.contact import Contact
from legacy.population.days import previous_office_day
from legacy.population.membership import Membership, Seat
from legacy.population.person import Billing, Dirt, Kind, Name, Person, Portal, Renaming
from legacy.population.school import BILLED_BACK, CAPITAL


def _employee(seat: Seat, who: Name, born: date, members: Membership) -> Person:
    last = f"{seat.index:03d}"
    contact = Contact(
        "0600041",
        f"北海道札幌市中央区大通東{seat.index}丁目１番地",
        f"0110001{last}",
        f"09000001{last}",
        cast.email(who),
    )
    return replace(
        cast.person(seat, who, born, members, contact),
        affiliation="札幌市立すずらん小学校",
        billing=BILLED_BACK,
    )


def _joined(seat: Seat, year: int) -> Membership:
    return cast.active(seat, date(year, 4, 20), CAPITAL)


def _sapporo_ichiro(seat: Seat) -> Person:
    who = cast.name("札幌 一郎", "サッポロ イチロウ")
    return replace(
        _employee(seat, who, date(1979, 10, 5), _joined(seat, 2004)),
        portal=Portal.REGISTERED,
        billing=Billing(months=24, share=1.0),
    )


def _otaru_sachiko(seat: Seat) -> Person:
    who = cast.name("小樽 幸子", "オタル サチコ")
    base = _employee(seat, who, date(1957, 3, 12), _joined(seat, 1981))
    return replace(base, kind=Kind.RETIRED, affiliation="")


def _hakodate_sho(seat: Seat) -> Person:
    who = cast.name("函館 翔", "ハコダテ ショウ")
    return _employee(seat, who, date(2001, 1, 18), cast.awaiting_payment(seat, CAPITAL))


def _asahikawa_keiko(seat: Seat) -> Person:
    who = cast.name("旭川 恵子", "アサヒカワ ケイコ")
    leaving = cast.withdrawing(seat, date(1996, 4, 20), CAPITAL)
    return replace(
        _employee(seat, who, date(1973, 11, 23), leaving),
        portal=Portal.REGISTERED,
    )


def _kushiro_isamu(seat: Seat) -> Person:
    who = cast.name("釧路 勇", "クシロ イサム")
    gone = cast.withdrawn(seat, date(1988, 4, 20), CAPITAL, date(2025, 1, 17), date(2025, 3, 28))
    base = _employee(seat, who, date(1964, 6, 30), gone)
    return replace(base, kind=Kind.RETIRED, affiliation="")


def _kitami_mayumi(seat: Seat) -> Person:
    """The registry took up her new name on the previous business day; the card waits for it (E21, X18)."""
    who = cast.name("北見 真由美", "キタミ マユミ")
    accepted_on = previous_office_day(seat.today)
    return replace(
        _employee(seat, who, date(1990, 2, 14), _joined(seat, 2015)),
        portal=Portal.REGISTERED,
        renaming=Renaming(
            old=cast.name("帯広 真由美", "オビヒロ マユミ"),
            received_on=previous_office_day(accepted_on),
            accepted_on=accepted_on,
        ),
    )


def _muroran_takashi(seat: Seat) -> Person:
    who = cast.name("室蘭 髙志", "ムロラン タカシ")
    return replace(
        _employee(seat, who, date(1986, 8, 27), _joined(seat, 2010)),
        postal_code="0500083",
        address="北海道室蘭市東\ue001町2丁目7－1",
        dirt=frozenset({Dirt.PRIVATE_USE, Dirt.VARIANT_KANJI}),
    )


HOKKAIDO_CAST: Mapping[int, Callable[[Seat], Person]] = {
    1: _sapporo_ichiro,
    2: _otaru_sachiko,
    3: _hakodate_sho,
    4: _asahikawa_keiko,
    5: _kushiro_isamu,
    6: _kitami_mayumi,
    7: _muroran_takashi,
}
