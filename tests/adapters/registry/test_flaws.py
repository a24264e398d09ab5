"""Every flaw of docs/wire/registry.md, and worse: what it costs, what it must not cost, and who is told."""

from datetime import date

import pytest
from structlog.testing import capture_logs

from adapters.errors import Incomplete
from adapters.ports import MemberRegistry
from adapters.records import Card, CardState, Guardian, Member, MemberNumber, NameChange, ShareCapital
from legacy.registry.tables import HENKO_UKETSUKE, HOGOSHA, KUMIAIIN, KUMIAIINSHO, SHUSSIKIN
from tests.adapters.registry.databases import Clerk


async def read(registry: MemberRegistry, number: MemberNumber) -> Member:
    """The member of this number, who has to be there."""
    member = (await registry.members([number])).of(number)
    assert member is not None
    return member


@pytest.mark.parametrize("padding", [" ", "　"])
async def test_text_is_read_without_its_padding(by_hand: MemberRegistry, clerk: Clerk, padding: str) -> None:
    number = await clerk.member(
        shimei_kanji="弘前　太郎".ljust(40, padding),
        jusho="弘前市文京町1".ljust(120, padding),
        shozoku="".ljust(60, padding),
    )

    member = await read(by_hand, number)

    assert (member.name, member.address, member.affiliation) == ("弘前 太郎", "弘前市文京町1", None)


async def test_private_use_characters_stand_as_a_mark(by_hand: MemberRegistry, clerk: Clerk) -> None:
    number = await clerk.member(shimei_kanji="髙\ue000　﨑\ue757")

    assert (await read(by_hand, number)).name == "髙〓 﨑〓"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("h140403", date(2002, 4, 3)),
        ("H320401", date(2020, 4, 1)),
        ("S640107", date(1989, 1, 7)),
        ("", None),
        ("0000000", None),
    ],
)
async def test_a_birth_date_is_read_however_it_was_typed(
    by_hand: MemberRegistry, clerk: Clerk, typed: str, meant: date | None
) -> None:
    """(A12)."""
    number = await clerk.member(seinengappi=typed)

    assert (await read(by_hand, number)).birth_date == meant


@pytest.mark.parametrize(
    "typed",
    [
        "0172-34-4806",
        "0172(34)4806",
        "(0172)34-4806",
        "0172 34 4806",
        "０１７２－３４－４８０６",
        "0172344806",
    ],
)
async def test_a_phone_is_read_however_it_was_typed(
    by_hand: MemberRegistry, clerk: Clerk, typed: str
) -> None:
    """(A10)."""
    number = await clerk.member(tel_jitaku=typed)

    member = await read(by_hand, number)

    assert (member.home_phone, member.mobile_phone) == ("0172344806", None)


@pytest.mark.parametrize("typed", ["036-8224", "0368224", "０３６８２２４", "０３６－８２２４"])
async def test_a_postal_code_is_read_however_it_was_typed(
    by_hand: MemberRegistry, clerk: Clerk, typed: str
) -> None:
    number = await clerk.member(yubin_no=typed)

    assert (await read(by_hand, number)).postal_code == "036-8224"


@pytest.mark.parametrize(("flag", "issued"), [("1", True), ("0", False), (" ", None)])
async def test_the_provisional_flag_may_be_unknown(
    by_hand: MemberRegistry, clerk: Clerk, flag: str, issued: bool | None
) -> None:
    """(X1)."""
    number = await clerk.member(kari_flg=flag)

    assert (await read(by_hand, number)).provisional_credential_issued is issued


@pytest.mark.parametrize(
    ("column", "typed", "field"),
    [
        ("seinengappi", "H149999", "birth_date"),
        ("sotsugyo_yoteibi", "?", "graduates_on"),
        ("dattai_uketsukebi", "H1", "withdrawal_noticed_on"),
        ("henkanbi", "XXXXXXX", "share_refunded_on"),
        ("yubin_no", "036-82", "postal_code"),
        ("nyugaku_nen", "R02", "admission_year"),
        ("nyugaku_nen", "0020", "admission_year"),
        ("kari_flg", "9", "provisional_credential_issued"),
    ],
)
async def test_an_unreadable_optional_field_costs_only_itself_and_is_logged_without_its_value(
    by_hand: MemberRegistry, clerk: Clerk, column: str, typed: str, field: str
) -> None:
    number = await clerk.member(**{column: typed})

    with capture_logs() as logs:
        member = await read(by_hand, number)

    assert getattr(member, field) is None
    assert member.name == "試験 太郎"
    (log,) = logs
    assert (log["event"], log["table"], log["key"], log["column"]) == (
        "registry_field_unreadable",
        "kumiaiin",
        number,
        column,
    )
    assert typed not in log.values()


@pytest.mark.parametrize(
    ("column", "typed"),
    [("kanyubi", "H149999"), ("kanyubi", "0000000"), ("kubun", "77"), ("jotai", "?"), ("kubun", "")],
)
async def test_an_unreadable_member_is_not_an_unknown_one(
    by_hand: MemberRegistry, clerk: Clerk, column: str, typed: str
) -> None:
    """The key is absent, which is `Incomplete`; the members asked for with it are answered."""
    broken, whole = await clerk.member(**{column: typed}), await clerk.member()

    with capture_logs() as logs:
        answers = await by_hand.members([broken, whole])

    assert set(answers) == {whole}
    assert isinstance(answers.outcome(broken), Incomplete)
    assert [(log["event"], log["key"], log["column"]) for log in logs] == [
        ("registry_row_unreadable", broken, column)
    ]


async def test_a_single_unreadable_member_is_incomplete(by_hand: MemberRegistry, clerk: Clerk) -> None:
    broken = await clerk.member(kanyubi="?")

    with pytest.raises(Incomplete):
        await by_hand.members([broken])


async def test_share_capital_that_was_never_applied_for_is_none(
    by_hand: MemberRegistry, clerk: Clerk
) -> None:
    """(E10)."""
    number = await clerk.member()

    assert (await read(by_hand, number)).share_capital is None


async def test_share_capital_applied_for_and_not_paid_has_no_day_of_payment(
    by_hand: MemberRegistry, clerk: Clerk
) -> None:
    """(E10)."""
    number = await clerk.member()
    await clerk.row(SHUSSIKIN, number, nyukinbi="0000000")

    assert (await read(by_hand, number)).share_capital == ShareCapital(5, 5_000, date(2020, 4, 1), None)


async def test_share_capital_of_unreadable_units_costs_only_itself(
    by_hand: MemberRegistry, clerk: Clerk
) -> None:
    number = await clerk.member()
    await clerk.row(SHUSSIKIN, number, kuchisu="5口")

    with capture_logs() as logs:
        member = await read(by_hand, number)

    assert member.share_capital is None
    assert [log["column"] for log in logs] == ["kuchisu"]


async def test_a_guardian_of_unreadable_relation_is_a_guardian(by_hand: MemberRegistry, clerk: Clerk) -> None:
    number = await clerk.member()
    await clerk.row(HOGOSHA, number, zokugara="77", tel_keitai="（０９０）１２３４－５６７８")

    answers = await by_hand.guardians([number])

    assert answers.of(number) == Guardian(number, "試験 一郎", "シケン イチロウ", "不明", "09012345678", None)


async def test_an_unreadable_card_costs_the_list_it_would_be_missing_from(
    by_hand: MemberRegistry, clerk: Clerk
) -> None:
    broken, whole = await clerk.member(), await clerk.member()
    await clerk.row(KUMIAIINSHO, broken, card_no="1")
    await clerk.row(KUMIAIINSHO, broken, card_no="2", saihakko_kaisu="??")
    await clerk.row(KUMIAIINSHO, whole, card_no="3", hakkobi="h310430", jotai="9")

    answers = await by_hand.cards([broken, whole])

    assert set(answers) == {whole}
    assert answers.of(whole) == [Card("3", whole, CardState.RETURNED, date(2019, 4, 30), 0)]
    assert isinstance(answers.failure, Incomplete)


async def test_only_names_that_were_taken_up_are_changes_of_name_and_the_last_one_counts(
    by_hand: MemberRegistry, clerk: Clerk
) -> None:
    """(E20, E21)."""
    number, waiting = await clerk.member(), await clerk.member()
    changes = [
        {"uketsuke_no": "4", "kyu_atai": "乙　花子", "shin_atai": "丙　花子", "shoribi": "R060110"},
        {"uketsuke_no": "1", "kyu_atai": "甲　花子", "shin_atai": "乙　花子", "shoribi": "H310110"},
        {"uketsuke_no": "5", "kyu_atai": "丙　花子", "shin_atai": "丁　花子", "shori_flg": "9"},
        {
            "uketsuke_no": "6",
            "komoku": "02",
            "kyu_atai": "弘前市",
            "shin_atai": "青森市",
            "shoribi": "R070110",
        },
    ]
    await clerk.rows(HENKO_UKETSUKE, number, changes)
    await clerk.row(HENKO_UKETSUKE, waiting, uketsuke_no="7", shori_flg="0", shoribi="")

    answers = await by_hand.name_changes([number, waiting])

    assert answers.of(number) == NameChange(number, date(2024, 1, 10), "乙 花子", "丙 花子")
    assert answers.of(waiting) is None


async def test_the_same_number_in_another_padding_is_another_member(
    by_hand: MemberRegistry, clerk: Clerk
) -> None:
    """Leading digits matter: 00000001 is not 1 (A3)."""
    await clerk.row(KUMIAIIN, MemberNumber("00000001"))

    answers = await by_hand.members([MemberNumber("1"), MemberNumber("00000001"), MemberNumber("000000010")])

    assert {number: snapshot.value is not None for number, snapshot in answers.items()} == {
        "1": False,
        "00000001": True,
        "000000010": False,
    }
