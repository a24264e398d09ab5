"""The meal card (ミールカード): use and nutrition. The balance is deliberately absent (C4)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from adapters.records.member import MemberNumber


@dataclass(frozen=True, slots=True)
class Nutrition:
    """栄養価: energy in kcal, the rest in grams; red, green and yellow points of 80 kcal each (三色食品群)."""

    energy: Decimal
    protein: Decimal
    fat: Decimal
    carbohydrate: Decimal
    salt: Decimal
    red: Decimal
    green: Decimal
    yellow: Decimal

    def __add__(self, other: "Nutrition") -> "Nutrition":
        """Both together."""
        return Nutrition(
            self.energy + other.energy,
            self.protein + other.protein,
            self.fat + other.fat,
            self.carbohydrate + other.carbohydrate,
            self.salt + other.salt,
            self.red + other.red,
            self.green + other.green,
            self.yellow + other.yellow,
        )


NO_NUTRITION = Nutrition(*[Decimal(0)] * 8)
"""What nobody ate."""


@dataclass(frozen=True, slots=True)
class MealUsage:
    """How much a meal card was used: days with at least one visit, visits, amount in yen."""

    days_used: int
    visits: int
    amount: int


@dataclass(frozen=True, slots=True)
class MealCardContract:
    """A member's meal card of this year and its total use so far (C1, C2)."""

    member_number: MemberNumber
    as_of: date
    plan_name: str
    valid_from: date
    valid_until: date
    total: MealUsage


@dataclass(frozen=True, slots=True)
class MealItem:
    """One dish."""

    name: str
    amount: int
    nutrition: Nutrition


@dataclass(frozen=True, slots=True)
class MealDay:
    """One day's use."""

    day: date
    visits: int
    amount: int
    meals: tuple[MealItem, ...]

    def nutrition(self) -> Nutrition:
        """The day's dishes together."""
        return sum((meal.nutrition for meal in self.meals), NO_NUTRITION)


class MealDaysQuery(NamedTuple):
    """A member's days of meal-card use from `since` until `until`, both inclusive."""

    member_number: MemberNumber
    since: date
    until: date
