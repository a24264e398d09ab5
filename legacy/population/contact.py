"""How somebody can be reached: home, phones, mail, and what went wrong when it was typed in."""

from random import Random
from typing import NamedTuple

from legacy.population.names import private_use_character, romaji
from legacy.population.person import Dirt, Name
from legacy.population.places import (
    Town,
    address_in,
    home_phone_in,
    mobile_phone,
    postal_code_in,
    town_of,
)

_DOMAINS = ("mail.example", "mail.example", "campus.example", "home.example")


class Contact(NamedTuple):
    """Where somebody's family lives and how it is called."""

    postal_code: str
    address: str
    home_phone: str | None
    mobile_phone: str | None
    email: str | None


def contact_of(
    rng: Random, name: Name, index: int, towns: tuple[Town, ...], dirt: frozenset[Dirt]
) -> Contact:
    """A home in one of the towns; a few people never told a phone or an address."""
    town = town_of(rng, towns)
    address = address_in(town, rng)
    if Dirt.PRIVATE_USE in dirt and index % 2:
        address = f"{address[:-1]}{private_use_character(rng)}{address[-1]}"
    return Contact(
        postal_code_in(town, rng),
        address,
        home_phone_in(town, rng) if rng.random() < 0.92 else None,
        mobile_phone(rng) if rng.random() < 0.96 else None,
        _email(rng, name, index, Dirt.UNDELIVERABLE in dirt),
    )


def dirt_of(rng: Random) -> frozenset[Dirt]:
    """What is wrong with this record: one draw for each flaw."""
    shares = (
        (Dirt.PRIVATE_USE, 0.005),
        (Dirt.VARIANT_KANJI, 0.02),
        (Dirt.FULL_WIDTH_PHONE, 0.01),
        (Dirt.UNDELIVERABLE, 0.01),
    )
    return frozenset(flaw for flaw, share in shares if rng.random() < share)


def guardian_email(rng: Random, name: Name, index: int) -> str | None:
    """Two in three guardians told one."""
    return _email(rng, name, index, undeliverable=False) if rng.random() < 0.66 else None


def _email(rng: Random, name: Name, index: int, undeliverable: bool) -> str | None:
    draw = rng.random()
    given, family = romaji(name.given_kana), romaji(name.family_kana)
    if undeliverable:
        return f"{given}{index}.@docomo.example" if draw < 0.5 else f"{given}..{index}@docomo.example"
    if draw > 0.97:
        return None
    return f"{given}.{family}{index}@{_DOMAINS[int(draw * len(_DOMAINS))]}"
