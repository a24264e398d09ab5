"""How clerks typed what they were told: padded, in any width, in eras that had ended."""

from collections.abc import Callable
from datetime import date
from random import Random

from legacy.population.person import Name
from legacy.population.places import AREA_CODES
from legacy.registry.eras import NONE, era_date, era_date_of_the_era_before

_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_REIWA = date(2019, 5, 1)

_PHONES: tuple[Callable[[str, str, str], str], ...] = (
    lambda area, exchange, rest: f"{area}-{exchange}-{rest}",
    lambda area, exchange, rest: f"{area}{exchange}{rest}",
    lambda area, exchange, rest: f"{area}({exchange}){rest}",
    lambda area, exchange, rest: f"({area}){exchange}-{rest}",
    lambda area, exchange, rest: f"{area} {exchange} {rest}",
)
_POSTAL_CODES: tuple[Callable[[str], str], ...] = (
    lambda code: f"{code[:3]}-{code[3:]}",
    lambda code: f"{code[:3]}-{code[3:]}",
    lambda code: code,
    lambda code: f"{code[:3]}-{code[3:]}".translate(_FULL_WIDTH),
)


class Clerk:
    """Types one member's record, with this stream's moods; nothing typed is ever lost."""

    def __init__(self, rng: Random, *, full_width_phones: bool) -> None:
        self._draw = rng.random
        self._full_width_phones = full_width_phones

    def text(self, text: str, width: int) -> str:
        """Padded with half-width spaces, now and then with full-width ones."""
        return text.ljust(width, "　" if self._draw() < 0.2 else " ")

    def name(self, name: Name, width: int) -> str:
        """Family and given name with a full-width space between."""
        return self.text(f"{name.family}　{name.given}", width)

    def kana(self, name: Name) -> str:
        """Half-width kana, always padded in half width."""
        return name.kana.ljust(60)

    def day(self, day: date | None) -> str:
        """An era date; one in a hundred with a lower-case letter, a few in an era that had ended."""
        if day is None:
            return NONE if self._draw() < 0.5 else " " * 7
        draw = self._draw()
        if draw < 0.01:
            return era_date(day).lower()
        return era_date_of_the_era_before(day) if draw > 0.997 and day >= _REIWA else era_date(day)

    def phone(self, digits: str | None) -> str:
        """Hyphens, parentheses, spaces or nothing; with hyphens where the record is in full width."""
        if digits is None:
            return " " * 20
        parts = _parts(digits)
        if self._full_width_phones:
            return _PHONES[0](*parts).translate(_FULL_WIDTH).ljust(20)
        return _PHONES[int(self._draw() * len(_PHONES))](*parts).ljust(20)

    def postal_code(self, digits: str) -> str:
        """With and without a hyphen, one in four in full width."""
        return _POSTAL_CODES[int(self._draw() * len(_POSTAL_CODES))](digits).ljust(8)

    def stamp(self, day: date) -> str:
        """The time of a change, in office hours."""
        second = int(self._draw() * 9 * 3600)
        return f"{day:%Y%m%d}{9 + second // 3600:02d}{second // 60 % 60:02d}{second % 60:02d}"


def _parts(digits: str) -> tuple[str, str, str]:
    """Area code, exchange, subscriber. A mobile number's first three digits count as its area."""
    if len(digits) == 11:
        return digits[:3], digits[3:7], digits[7:]
    area = next((code for code in AREA_CODES if digits.startswith(code)), digits[:3])
    return area, digits[len(area) : -4], digits[-4:]
