"""The staff's search for members through the port, on every engine."""

import asyncio
from collections.abc import Sequence

import pytest

from adapters.errors import Incomplete
from adapters.ports import MemberRegistry
from adapters.records import Member, MemberKind, MemberNumber, MemberSearch, MemberStatus
from legacy.population import Population
from legacy.population.person import Dirt, Kind, Person
from tests.adapters.registry.databases import MEMBERS, Clerk
from tests.running import NOW

TARO = "210100000001"


def people() -> Sequence[Person]:
    """Everybody in the registry of Hirosaki, by number."""
    return list(Population("hirosaki", MEMBERS, NOW).people())


async def found(registry: MemberRegistry, search: MemberSearch) -> list[str]:
    """The numbers of all members a search finds."""
    page = await registry.search(search, limit=MEMBERS, after=None)
    assert not page.has_next
    return [member.number for member in page.items]


async def test_a_search_for_nothing_in_particular_finds_everybody_by_number(hirosaki: MemberRegistry) -> None:
    assert await found(hirosaki, MemberSearch()) == [person.number for person in people()]


async def test_pages_go_on_after_the_last_number(hirosaki: MemberRegistry) -> None:
    numbers: list[str] = []
    after: MemberNumber | None = None
    has_next = True
    while has_next:
        page = await hirosaki.search(MemberSearch(), limit=25, after=after)
        numbers += [member.number for member in page.items]
        after, has_next = page.items[-1].number, page.has_next

    assert numbers == [person.number for person in people()]


async def test_pages_asked_for_at_once_are_the_same_as_one_by_one(hirosaki: MemberRegistry) -> None:
    places = [None, *(MemberNumber(person.number) for person in people()[:40:3])]

    async def page(after: MemberNumber | None) -> tuple[Sequence[Member], bool]:
        found = await hirosaki.search(MemberSearch(), limit=7, after=after)
        return found.items, found.has_next

    assert await asyncio.gather(*map(page, places)) == [await page(after) for after in places]


@pytest.mark.parametrize("number", ["21010000000", "２１０１ ００００ ０００", "2101-0000-000"])
async def test_a_number_is_matched_from_its_beginning(hirosaki: MemberRegistry, number: str) -> None:
    """Spaces and hyphens of every width do not count (A4, A5)."""
    assert await found(hirosaki, MemberSearch(number=number)) == [
        f"2101{index:08d}" for index in range(1, 10)
    ]


async def test_a_whole_number_finds_one_member(hirosaki: MemberRegistry) -> None:
    assert await found(hirosaki, MemberSearch(number=TARO)) == [TARO]


async def test_a_number_of_eight_digits_is_found_whole_and_in_part(hokkaido: MemberRegistry) -> None:
    assert await found(hokkaido, MemberSearch(number="1000 0001")) == ["10000001"]
    assert await found(hokkaido, MemberSearch(number="1000000")) == [
        f"{10_000_000 + i}" for i in range(1, 10)
    ]


async def test_every_card_finds_its_owner_and_nobody_else(hirosaki: MemberRegistry) -> None:
    """B16: a replaced one too, for it is what may lie at the register (D7)."""
    for person in people():
        for card in person.cards:
            assert await found(hirosaki, MemberSearch(card_number=card.card_number)) == [person.number]


@pytest.mark.parametrize("card", ["2101 0000 0001 0035", "２１０１０００００００１００３５"])
async def test_a_card_number_is_compared_as_digits(hirosaki: MemberRegistry, card: str) -> None:
    assert await found(hirosaki, MemberSearch(card_number=card)) == [TARO]


@pytest.mark.parametrize("card", ["210100000001003", "21010000000100350", "9999999999999999", "", "%"])
async def test_a_card_number_is_matched_whole(hirosaki: MemberRegistry, card: str) -> None:
    """B16: part of one finds nobody."""
    assert await found(hirosaki, MemberSearch(card_number=card)) == []


@pytest.mark.parametrize("kana", ["ヒロサキ", "ひろさき", "ﾋﾛｻｷ", "ひろさき　た", "ヒロサキ タロウ"])
async def test_kana_of_any_width_are_matched_from_the_beginning(hirosaki: MemberRegistry, kana: str) -> None:
    assert TARO in await found(hirosaki, MemberSearch(name_kana=kana))


async def test_a_given_name_is_no_beginning(hirosaki: MemberRegistry) -> None:
    assert TARO not in await found(hirosaki, MemberSearch(name_kana="たろう"))


async def test_voiced_kana_are_two_characters_in_the_registry(hirosaki: MemberRegistry) -> None:
    assert "210100000010" in await found(hirosaki, MemberSearch(name_kana="ごしょがわら"))


@pytest.mark.parametrize(
    "phone", ["0172001001", "０１７２００１００１", "0172-00-1001", "０１７２（００）１００１"]
)
async def test_a_phone_is_compared_as_digits(hirosaki: MemberRegistry, phone: str) -> None:
    assert await found(hirosaki, MemberSearch(phone=phone)) == [TARO]


@pytest.mark.parametrize("phone", ["0172-00-1015", "0172001015"])
async def test_a_phone_typed_in_full_width_is_found_by_half_width(
    hirosaki: MemberRegistry, phone: str
) -> None:
    fukaura = next(person for person in people() if person.home_phone == "0172001015")

    assert Dirt.FULL_WIDTH_PHONE in fukaura.dirt
    assert fukaura.number in await found(hirosaki, MemberSearch(phone=phone))


async def test_every_phone_finds_its_owner_however_the_clerk_typed_it(hirosaki: MemberRegistry) -> None:
    for person in people():
        for phone in filter(None, (person.home_phone, person.mobile_phone)):
            assert person.number in await found(hirosaki, MemberSearch(phone=phone))


@pytest.mark.parametrize("email", ["hirosaki@", "HIROSAKI@EXAMPLE", " ｈirosaki@example.jp "])
async def test_an_address_is_matched_in_any_case(hirosaki: MemberRegistry, email: str) -> None:
    assert await found(hirosaki, MemberSearch(email=email)) == [TARO]


@pytest.mark.parametrize("status", MemberStatus)
async def test_a_status_is_matched(hirosaki: MemberRegistry, status: MemberStatus) -> None:
    expected = [person.number for person in people() if person.status.name == status.name]

    assert expected
    assert await found(hirosaki, MemberSearch(status=status)) == expected


async def test_a_kind_is_matched_by_all_its_codes(hokkaido: MemberRegistry) -> None:
    """School staff in service and retired (E5)."""
    expected = [
        person.number
        for person in Population("hokkaido", MEMBERS, NOW).people()
        if person.kind in {Kind.IN_SERVICE, Kind.RETIRED}
    ]

    assert await found(hokkaido, MemberSearch(kind=MemberKind.SCHOOL_STAFF)) == expected


async def test_every_part_must_match(hirosaki: MemberRegistry) -> None:
    expected = [
        person.number
        for person in people()
        if person.admission_year == 2024 and person.kind is Kind.UNDERGRADUATE
    ]
    search = MemberSearch(number="2101", admission_year=2024, kind=MemberKind.STUDENT)

    assert TARO in expected
    assert await found(hirosaki, search) == expected
    assert await found(hirosaki, MemberSearch(number=TARO, admission_year=2023)) == []


@pytest.mark.parametrize(
    "search",
    [
        MemberSearch(number="abc"),
        MemberSearch(number=""),
        MemberSearch(number="2101000000011"),
        MemberSearch(name_kana="　"),
        MemberSearch(phone="--"),
        MemberSearch(email=" "),
    ],
)
async def test_a_part_nobody_can_have_finds_nobody(hirosaki: MemberRegistry, search: MemberSearch) -> None:
    assert await found(hirosaki, search) == []


async def test_wildcards_are_ordinary_characters(by_hand: MemberRegistry, clerk: Clerk) -> None:
    wild = await clerk.member(mail="50%_off/x@example.jp", shimei_kana="%_/ ｼｹﾝ")
    await clerk.member(mail="50 percent off@example.jp", shimei_kana="ABC ｼｹﾝ")

    assert await found(by_hand, MemberSearch(email="50%_off/")) == [wild]
    assert await found(by_hand, MemberSearch(name_kana="%_/")) == [wild]
    assert await found(by_hand, MemberSearch(email="%_")) == []


async def test_members_of_whom_none_can_be_read_are_not_nobody(by_hand: MemberRegistry, clerk: Clerk) -> None:
    await clerk.member(kubun="77")
    await clerk.member(kubun="77")

    for limit in (1, 10):
        with pytest.raises(Incomplete):
            await by_hand.search(MemberSearch(), limit=limit, after=None)


async def test_a_page_of_whom_none_can_be_read_harms_no_page_beside_it(
    by_hand: MemberRegistry, clerk: Clerk
) -> None:
    readable = await clerk.member()
    await clerk.member(kubun="77")

    first, last = await asyncio.gather(
        by_hand.search(MemberSearch(), limit=1, after=None),
        by_hand.search(MemberSearch(), limit=1, after=readable),
        return_exceptions=True,
    )

    assert not isinstance(first, BaseException)
    assert ([member.number for member in first.items], first.has_next) == ([readable], True)
    assert isinstance(last, Incomplete)


async def test_a_member_who_cannot_be_read_is_missing_and_the_walk_goes_on(
    by_hand: MemberRegistry, clerk: Clerk
) -> None:
    """Even past a page on which nobody can be read."""
    await clerk.member(kubun="77")
    await clerk.member(jotai="?")
    readable = await clerk.member()

    page = await by_hand.search(MemberSearch(), limit=1, after=None)

    assert [member.number for member in page.items] == [readable]
    assert not page.has_next
