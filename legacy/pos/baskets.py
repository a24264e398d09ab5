"""What people carry to the till: a stock of likely baskets for each trade, so that a receipt is one draw."""

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from legacy.population.streams import stream
from legacy.pos import dishes, goods
from legacy.pos.codes import Genre, Store
from legacy.pos.dishes import Dish, Nutrition
from legacy.pos.goods import Article

_BASKETS = 512
"""So many baskets of each trade; they are made once, when the program starts."""


class Line(NamedTuple):
    """One line of a receipt, prices in yen."""

    name: str
    quantity: int
    unit_price: int
    nutrition: Nutrition | None = None

    @property
    def amount(self) -> int:
        """Yen."""
        return self.quantity * self.unit_price


class Basket(NamedTuple):
    """Lines and their sum."""

    amount: int
    lines: tuple[Line, ...]


class Till(NamedTuple):
    """Where it is paid: store and register."""

    store: str
    register: str


class Trade(NamedTuple):
    """One kind of purchase: what is bought, and where."""

    genre: str
    baskets: tuple[Basket, ...]
    tills: tuple[Till, ...]


def _tray(rng: Random) -> tuple[Line, ...]:
    if rng.random() < 0.5:
        plates = [rng.choice(dishes.ON_THEIR_OWN)]
    else:
        plates = [rng.choice(dishes.WITH_RICE), rng.choice(dishes.RICE)]
        plates += [rng.choice(dishes.SOUP)] * (rng.random() < 0.5)
    plates += rng.sample(dishes.SIDES, k=rng.choice((0, 0, 1, 1, 2)))
    return tuple(_served(plate) for plate in plates)


def _served(dish: Dish) -> Line:
    return Line(dish.name, 1, dish.price, dish.nutrition)


def _articles(stock: Sequence[Article], sizes: Sequence[int]) -> Callable[[Random], tuple[Line, ...]]:
    def pick(rng: Random) -> tuple[Line, ...]:
        picked = rng.sample(stock, k=rng.choice(sizes))
        return tuple(Line(each.name, rng.choice((1, 1, 1, 1, 2)), each.price) for each in picked)

    return pick


def _trade(
    genre: str, stores: Sequence[str], registers: int, pick: Callable[[Random], tuple[Line, ...]]
) -> Trade:
    rng = stream("baskets", genre, *stores)
    baskets = (pick(rng) for _ in range(_BASKETS))
    tills = (Till(store, f"{register:02d}") for store in stores for register in range(1, registers + 1))
    return Trade(
        genre, tuple(Basket(sum(line.amount for line in each), each) for each in baskets), tuple(tills)
    )


_DINING_HALLS = (Store.MAIN_DINING_HALL, Store.MAIN_DINING_HALL, Store.MEDICAL_DINING_HALL)
_SHOPS = (Store.SHAREA, Store.SHAREA, Store.FERIO, Store.CLOVER)

DINING = _trade(Genre.FOOD, _DINING_HALLS, 3, _tray)

TRADES = (
    DINING,
    _trade(Genre.FOOD, _SHOPS, 2, _articles(goods.SNACKS, (1, 1, 2, 2, 3))),
    _trade(Genre.BOOKS, (Store.SHAREA, Store.CLOVER), 1, _articles(goods.BOOKS, (1, 1, 1, 1, 2))),
    _trade(Genre.MAGAZINES, (Store.SHAREA,), 1, _articles(goods.MAGAZINES, (1,))),
    _trade(Genre.STATIONERY, _SHOPS, 1, _articles(goods.STATIONERY, (1, 2, 3))),
    _trade(Genre.COMPUTERS, (Store.SHAREA,), 1, _articles(goods.COMPUTER_SUPPLIES, (1,))),
    _trade(Genre.DAILY_GOODS, _SHOPS, 1, _articles(goods.DAILY_GOODS, (1, 2))),
    _trade(Genre.OTHER, (Store.SHAREA, Store.CLOVER), 1, _articles(goods.OTHER, (1,))),
)
SHARES = (50, 27, 5, 2, 6, 1, 6, 3)
"""How many of a hundred receipts are of each trade."""
