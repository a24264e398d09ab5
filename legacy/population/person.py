"""One invented person, as the truth is; the simulated systems add their own flaws to it."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from random import Random

from legacy.population.figures import Figures, generated_figures
from legacy.population.streams import stream


class Kind(Enum):
    """組合員区分; the values are the registry's codes."""

    UNDERGRADUATE = "01"
    GRADUATE = "02"
    FACULTY = "03"
    IN_SERVICE = "04"
    RETIRED = "05"
    OTHER = "09"


class Status(Enum):
    """加入から脱退まで; the values are the registry's codes."""

    AWAITING_PAYMENT = "0"
    ACTIVE = "1"
    WITHDRAWING = "2"
    WITHDRAWN = "9"


class Portal(Enum):
    """How far somebody has come with MyPage."""

    REGISTERED = "registered"
    PROVISIONAL = "provisional"
    NONE = "none"


class CardState(Enum):
    """The values are the registry's codes."""

    ACTIVE = "1"
    REPLACED = "3"
    RETURNED = "9"


class Dirt(Enum):
    """What is wrong with somebody's record."""

    PRIVATE_USE = "a vendor's private-use character in name or address"
    VARIANT_KANJI = "髙 or 﨑 in the name"
    FULL_WIDTH_PHONE = "phones typed in full width"
    UNDELIVERABLE = "an old mobile address no mail server takes"
    DUPLICATE = "the same person again under another number"


@dataclass(frozen=True, slots=True)
class Name:
    """Family and given name; kana are half-width."""

    family: str
    given: str
    family_kana: str
    given_kana: str

    @property
    def kanji(self) -> str:
        """`弘前 太郎`, half-width space."""
        return f"{self.family} {self.given}"

    @property
    def kana(self) -> str:
        """`ﾋﾛｻｷ ﾀﾛｳ`."""
        return f"{self.family_kana} {self.given_kana}"


@dataclass(frozen=True, slots=True)
class Parent:
    """保護者. Relation codes are the registry's (01 father 02 mother 03 grandparent 09 other)."""

    name: Name
    relation: str
    mobile_phone: str | None
    email: str | None
    registered: bool


@dataclass(frozen=True, slots=True)
class Share:
    """出資金 in yen."""

    units: int
    amount: int
    applied_on: date
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class Card:
    """組合員証, oldest first; `card_number` has 16 digits."""

    card_number: str
    issued_on: date
    state: CardState
    reissue_count: int


@dataclass(frozen=True, slots=True)
class Renaming:
    """A change of name the registry has taken up."""

    old: Name
    received_on: date
    accepted_on: date


@dataclass(frozen=True, slots=True)
class Stop:
    """利用停止 of Pico; `store` is None when asked for on the Web."""

    since: date
    store: str | None


@dataclass(frozen=True, slots=True)
class Billing:
    """How far back somebody's statements go, in months, and in which share of these months there is one."""

    months: int
    share: float


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody. Phones are digits only; `kari_flag` is '1', '0' or ' '.

    `home_phone`, `mobile_phone` and `email` are None where the co-op was never told.
    """

    coop: str
    index: int
    number: str
    seed: int
    today: date
    kind: Kind
    status: Status
    portal: Portal
    name: Name
    birth_date: date
    affiliation: str
    postal_code: str
    address: str
    home_phone: str | None
    mobile_phone: str | None
    email: str | None
    joined_on: date
    withdrawal_noticed_on: date | None
    share_refunded_on: date | None
    share: Share
    cards: tuple[Card, ...]
    kari_flag: str = "0"
    admission_year: int | None = None
    graduates_on: date | None = None
    parent: Parent | None = None
    renaming: Renaming | None = None
    has_meal_card: bool = False
    stop: Stop | None = None
    billing: Billing | None = None
    dirt: frozenset[Dirt] = frozenset()
    fixed_figures: Figures | None = None

    def rng(self, topic: str) -> Random:
        """This person's random stream for one topic, e.g. `"receipts/2026-04"`; the same in every program."""
        return stream(self.coop, self.number, self.seed, topic)

    @property
    def figures(self) -> Figures:
        """What the registers know: fixed for the cast, generated for everybody else."""
        if self.fixed_figures is not None:
            return self.fixed_figures
        was_freshman = self.kind in (Kind.UNDERGRADUATE, Kind.GRADUATE)
        return generated_figures(self.rng("figures"), self.index, self.today, self.joined_on, was_freshman)
