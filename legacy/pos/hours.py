"""When the shops trade, when the POS is closed for consolidation, and which day its figures are of."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from holidays import country_holidays

from legacy.population.days import previous_business_day

_HOLIDAYS = country_holidays("JP")
_A_DAY = timedelta(days=1)


@lru_cache(maxsize=8192)
def is_trading_day(day: date) -> bool:
    """Monday to Saturday, without holidays and the days from 29 December to 3 January."""
    at_new_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() < 6 and day not in _HOLIDAYS and not at_new_year


@dataclass(frozen=True, slots=True)
class Hours:
    """Closed every night from `closes` until `opens`, maybe past midnight; never when they are equal."""

    closes: time
    opens: time

    @classmethod
    def parse(cls, text: str) -> "Hours":
        """`02:00-05:00`, or `off`. Raises ValueError."""
        if text == "off":
            return cls(time(), time())
        closes, opens = text.split("-")
        return cls(time.fromisoformat(closes), time.fromisoformat(opens))

    def reopens_at(self, now: datetime) -> datetime | None:
        """When the closing that goes on now ends; None while the POS is open."""
        clock = now.time()
        past_midnight = self.closes > self.opens
        if past_midnight and clock >= self.closes:
            return self._opening(now.date() + _A_DAY, now)
        if clock < self.opens and (past_midnight or clock >= self.closes):
            return self._opening(now.date(), now)
        return None

    def next_opening(self, now: datetime) -> datetime:
        """When it next opens, should it be closed now."""
        today = self._opening(now.date(), now)
        return today if now < today else today + _A_DAY

    def business_day(self, now: datetime) -> date:
        """The day the figures are of. The nightly consolidation brings in the day before, not midnight."""
        consolidated = now.date() if now.time() >= self.opens else now.date() - _A_DAY
        return previous_business_day(consolidated)

    def _opening(self, day: date, now: datetime) -> datetime:
        return datetime.combine(day, self.opens, now.tzinfo)
