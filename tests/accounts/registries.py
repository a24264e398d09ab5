"""A member registry (組合員台帳) of the test's own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from adapters.errors import AdapterError
from adapters.records import (
    Answers,
    Card,
    Guardian,
    Member,
    MemberKind,
    MemberNumber,
    MemberSearch,
    MemberStatus,
    NameChange,
    Page,
    Snapshot,
    Statement,
    StatementKey,
    StatementsQuery,
    SystemStatus,
)

TARO = Member(
    number=MemberNumber("210100000001"),
    status=MemberStatus.ACTIVE,
    kind=MemberKind.STUDENT,
    employment=None,
    name="弘前 太郎",
    name_kana="ヒロサキ タロウ",
    birth_date=date(2005, 8, 1),
    postal_code="036-8560",
    address="弘前市文京町1",
    home_phone="0172001001",
    mobile_phone="09000000001",
    email="hirosaki@example.jp",
    affiliation="人文社会科学部",
    joined_on=date(2024, 3, 10),
    admission_year=2024,
    graduates_on=None,
    withdrawal_noticed_on=None,
    share_refunded_on=None,
    provisional_credential_issued=True,
    share_capital=None,
)
KENICHI = replace(
    TARO,
    number=MemberNumber("210100000003"),
    name="髙﨑 健一",
    birth_date=date(2000, 12, 24),
    home_phone="0172001003",
    joined_on=date(2019, 3, 5),
    admission_year=2019,
)
TAROS_PARENT = Guardian(TARO.number, "弘前 一郎", "ヒロサキ イチロウ", "父", "08000000001", None)
KENICHIS_PARENT = Guardian(KENICHI.number, "髙﨑 誠", "タカサキ マコト", "父", "08000123456", None)


class ListedMembers:
    """Knows those it is given. With `failure` it does not answer; with `last_known` it only remembers."""

    def __init__(self, *people: Member | Guardian) -> None:
        self.people = list(people)
        self.failure: AdapterError | None = None
        self.last_known = False
        self.calls = 0

    async def members(self, numbers: Sequence[MemberNumber]) -> Answers[MemberNumber, Member | None]:
        """Those asked for."""
        found = {each.number: each for each in self.people if isinstance(each, Member)}
        self._asked()
        return Answers({number: Snapshot(found.get(number), self.last_known) for number in numbers})

    async def guardians(self, numbers: Sequence[MemberNumber]) -> Answers[MemberNumber, Guardian | None]:
        """Theirs."""
        found = {each.member_number: each for each in self.people if isinstance(each, Guardian)}
        self._asked()
        return Answers({number: Snapshot(found.get(number), self.last_known) for number in numbers})

    def _asked(self) -> None:
        self.calls += 1
        if self.failure is not None:
            raise self.failure

    async def search(self, search: MemberSearch, *, limit: int, after: MemberNumber | None) -> Page[Member]:
        """Nobody."""
        return Page([], has_next=False)

    async def cards(self, numbers: Sequence[MemberNumber]) -> Answers[MemberNumber, Sequence[Card]]:
        """None."""
        return Answers({number: Snapshot([]) for number in numbers})

    async def name_changes(self, numbers: Sequence[MemberNumber]) -> Answers[MemberNumber, NameChange | None]:
        """None."""
        return Answers({number: Snapshot(None) for number in numbers})

    async def statement(self, keys: Sequence[StatementKey]) -> Answers[StatementKey, Statement | None]:
        """None."""
        return Answers({key: Snapshot(None) for key in keys})

    async def statements(
        self, queries: Sequence[StatementsQuery]
    ) -> Answers[StatementsQuery, Page[Statement]]:
        """None."""
        return Answers({query: Snapshot(Page([], has_next=False)) for query in queries})

    def forget(self, number: MemberNumber) -> None:
        """It remembers nothing but who there is."""

    def forget_everybody(self) -> None:
        """Likewise."""

    async def ping(self) -> None:
        """It is there."""

    def status(self) -> SystemStatus:
        """Nobody asks."""
        raise AssertionError("no account depends on it")

    async def close(self) -> None:
        """Nothing to close."""
