"""What the people of both casts have in common: no accidents, numbers that tell who they are."""

from datetime import date, timedelta

import jaconv

from legacy.population.contact import Contact
from legacy.population.days import previous_office_day
from legacy.population.figures import Figures
from legacy.population.membership import Capital, Membership, Seat, card_number
from legacy.population.person import (
    Card,
    CardState,
    Kind,
    Name,
    Parent,
    Person,
    Portal,
    Share,
    Status,
)


def name(kanji: str, kana: str) -> Name:
    """`name("弘前 太郎", "ヒロサキ タロウ")`."""
    return Name(*kanji.split(), *jaconv.z2h(kana).split())


def email(who: Name) -> str:
    """The family name at example.jp: `sapporo@example.jp`."""
    return f"{jaconv.kana2alphabet(jaconv.kata2hira(jaconv.h2z(who.family_kana)))}@example.jp"


def parent_of(seat: Seat, kanji: str, kana: str, relation: str = "01") -> Parent:
    """A guardian whose mobile phone ends in the index of the member."""
    return Parent(name(kanji, kana), relation, f"0800000{seat.index:04d}", None, registered=False)


def active(seat: Seat, joined_on: date, capital: Capital) -> Membership:
    """A member in good standing with the first card."""
    return Membership(
        status=Status.ACTIVE,
        joined_on=joined_on,
        withdrawal_noticed_on=None,
        share_refunded_on=None,
        share=Share(capital.units, capital.amount, joined_on - timedelta(days=7), joined_on),
        cards=(Card(card_number(seat.number, 0), joined_on, CardState.ACTIVE, 0),),
    )


def awaiting_payment(seat: Seat, capital: Capital) -> Membership:
    """Applied three weeks ago; no card yet."""
    applied_on = previous_office_day(seat.today - timedelta(days=20))
    share = Share(capital.units, capital.amount, applied_on, None)
    return Membership(Status.AWAITING_PAYMENT, applied_on, None, None, share, ())


def withdrawing(seat: Seat, joined_on: date, capital: Capital) -> Membership:
    """Gave notice two weeks ago; the share capital is not refunded yet."""
    noticed_on = previous_office_day(seat.today - timedelta(days=13))
    return active(seat, joined_on, capital)._replace(
        status=Status.WITHDRAWING, withdrawal_noticed_on=noticed_on
    )


def withdrawn(
    seat: Seat, joined_on: date, capital: Capital, noticed_on: date, refunded_on: date
) -> Membership:
    """Gone, and the card given back."""
    return active(seat, joined_on, capital)._replace(
        status=Status.WITHDRAWN,
        withdrawal_noticed_on=noticed_on,
        share_refunded_on=refunded_on,
        cards=(Card(card_number(seat.number, 0), joined_on, CardState.RETURNED, 0),),
    )


def person(seat: Seat, who: Name, born: date, members: Membership, contact: Contact) -> Person:
    """An employee without anything special; the cast says by `dataclasses.replace` what is."""
    return Person(
        **seat.facts(),
        kind=Kind.IN_SERVICE,
        portal=Portal.NONE,
        name=who,
        birth_date=born,
        affiliation="",
        **contact._asdict(),
        **members._asdict(),
        fixed_figures=Figures(),
    )
