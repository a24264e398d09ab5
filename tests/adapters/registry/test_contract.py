"""The registry port as the loader's people are read through it, on every engine."""

from datetime import date

from adapters.ports import MemberRegistry
from adapters.records import (
    Card,
    CardState,
    EmploymentStatus,
    Guardian,
    Member,
    MemberKind,
    MemberNumber,
    MemberStatus,
    NameChange,
    ShareCapital,
    Snapshot,
)
from legacy.population import Population
from legacy.population.person import Dirt, Person
from tests.adapters.registry.databases import MEMBERS
from tests.running import NOW

TARO = MemberNumber("210100000001")
TAKASAKI = MemberNumber("210100000003")
SAPPORO = MemberNumber("10000001")
OTARU = MemberNumber("10000002")
KITAMI = MemberNumber("10000006")
NOBODY = MemberNumber("210199999999")


async def test_a_student_is_read_whole(hirosaki: MemberRegistry) -> None:
    """Era dates are Gregorian, phones digits, text unpadded (A10, A12)."""
    answers = await hirosaki.members([TARO])

    assert answers == {
        TARO: Snapshot(
            Member(
                number=TARO,
                status=MemberStatus.ACTIVE,
                kind=MemberKind.STUDENT,
                employment=None,
                name="弘前 太郎",
                name_kana="ヒロサキ タロウ",
                birth_date=date(2005, 8, 1),
                postal_code="036-8224",
                address="青森県弘前市文京町1番地",
                home_phone="0172001001",
                mobile_phone="09000000001",
                email="hirosaki@example.jp",
                affiliation="人文社会科学部 文化創生課程",
                joined_on=date(2024, 3, 8),
                admission_year=2024,
                graduates_on=date(2028, 3, 31),
                withdrawal_noticed_on=None,
                share_refunded_on=None,
                provisional_credential_issued=True,
                share_capital=ShareCapital(20, 20_000, date(2024, 3, 1), date(2024, 3, 8)),
            )
        )
    }


async def test_school_staff_are_in_service_or_retired(hokkaido: MemberRegistry) -> None:
    """(E5); numbers of eight digits are padded in the registry and bare in the record."""
    answers = await hokkaido.members([SAPPORO, OTARU])

    found = {number: answers.of(number) for number in (SAPPORO, OTARU)}
    assert {
        number: member and (member.number, member.kind, member.employment) for number, member in found.items()
    } == {
        SAPPORO: (SAPPORO, MemberKind.SCHOOL_STAFF, EmploymentStatus.IN_SERVICE),
        OTARU: (OTARU, MemberKind.SCHOOL_STAFF, EmploymentStatus.RETIRED),
    }


async def test_an_unknown_number_is_answered_with_none(hirosaki: MemberRegistry) -> None:
    answers = await hirosaki.members([NOBODY, TARO])

    assert answers.of(NOBODY) is None
    assert answers.of(TARO) is not None
    assert (await hirosaki.guardians([NOBODY])).of(NOBODY) is None
    assert (await hirosaki.cards([NOBODY])).of(NOBODY) == []
    assert (await hirosaki.name_changes([NOBODY])).of(NOBODY) is None


async def test_all_members_of_the_university_are_who_they_are(hirosaki: MemberRegistry) -> None:
    await _check_everybody(hirosaki, "hirosaki")


async def test_all_members_of_the_school_coop_are_who_they_are(hokkaido: MemberRegistry) -> None:
    await _check_everybody(hokkaido, "hokkaido")


async def _check_everybody(registry: MemberRegistry, coop: str) -> None:
    people = {MemberNumber(person.number): person for person in Population(coop, MEMBERS, NOW).people()}

    answers = await registry.members(list(people))

    read = {number: _seen(answers.of(number)) for number in people}
    assert read == {number: _true(person) for number, person in people.items()}


def _seen(member: Member | None) -> tuple[object, ...]:
    assert member is not None
    return (
        member.status.name,
        member.birth_date,
        member.joined_on,
        member.admission_year,
        member.graduates_on,
        member.withdrawal_noticed_on,
        member.share_refunded_on,
        member.home_phone,
        member.mobile_phone,
        member.email,
        member.share_capital
        and (member.share_capital.units, member.share_capital.amount, member.share_capital.paid_on),
    )


def _true(person: Person) -> tuple[object, ...]:
    return (
        person.status.name,
        person.birth_date,
        person.joined_on,
        person.admission_year,
        person.graduates_on,
        person.withdrawal_noticed_on,
        person.share_refunded_on,
        person.home_phone,
        person.mobile_phone,
        person.email,
        person.share and (person.share.units, person.share.amount, person.share.paid_on),
    )


async def test_a_name_keeps_its_variant_kanji_and_hides_private_characters(hirosaki: MemberRegistry) -> None:
    fujisaki = MemberNumber("210100000011")

    answers = await hirosaki.members([TAKASAKI, fujisaki])

    names = [member.name for snapshot in answers.values() if (member := snapshot.value)]
    assert sorted(names) == ["藤〓 凛", "髙﨑 健一"]


async def test_a_guardian_may_have_no_mobile_phone(hirosaki: MemberRegistry) -> None:
    answers = await hirosaki.guardians([TARO, TAKASAKI])

    assert answers == {
        TARO: Snapshot(
            Guardian(
                TARO, "弘前 一郎", "ヒロサキ イチロウ", "父", "08000000001", "hirosaki-ichiro@example.jp"
            )
        ),
        TAKASAKI: Snapshot(Guardian(TAKASAKI, "髙﨑 正", "タカサキ タダシ", "父", None, None)),
    }


async def test_cards_come_oldest_first(hirosaki: MemberRegistry) -> None:
    """A reissued card replaces the one before (D7)."""
    people = [person for person in Population("hirosaki", MEMBERS, NOW).people() if len(person.cards) > 1]
    numbers = [MemberNumber(person.number) for person in people]

    answers = await hirosaki.cards(numbers)

    assert people
    assert {number: answers.of(number) for number in numbers} == {
        MemberNumber(person.number): [
            Card(
                card.card_number,
                MemberNumber(person.number),
                CardState[card.state.name],
                card.issued_on,
                card.reissue_count,
            )
            for card in person.cards
        ]
        for person in people
    }


async def test_a_name_change_counts_from_the_day_it_was_taken_up(hokkaido: MemberRegistry) -> None:
    """(E21, X18)."""
    answers = await hokkaido.name_changes([KITAMI, SAPPORO])

    assert answers == {
        KITAMI: Snapshot(NameChange(KITAMI, date(2026, 11, 19), "帯広 真由美", "北見 真由美")),
        SAPPORO: Snapshot(None),
    }


async def test_an_undeliverable_address_is_read_as_it_stands(hirosaki: MemberRegistry) -> None:
    itayanagi = MemberNumber("210100000013")

    member = (await hirosaki.members([itayanagi])).of(itayanagi)

    assert member is not None
    assert member.email == "ren..i@docomo.example"


async def test_full_width_phones_are_digits_in_half_width(hirosaki: MemberRegistry) -> None:
    fukaura = MemberNumber("210100000015")
    person = Population("hirosaki", MEMBERS, NOW).person(fukaura)
    assert person is not None
    assert Dirt.FULL_WIDTH_PHONE in person.dirt

    member = (await hirosaki.members([fukaura])).of(fukaura)

    assert member is not None
    assert member.home_phone == "0172001015"


async def test_ping_asks_and_says_nothing(hirosaki: MemberRegistry) -> None:
    await hirosaki.ping()

    assert hirosaki.status().system == "test/registry"
