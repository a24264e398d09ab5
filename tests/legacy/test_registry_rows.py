"""What clerks made of the truth: every flaw of docs/wire/registry.md, and nothing that cannot be read back."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from sqlalchemy import Table

from legacy.population import Population
from legacy.population.person import Dirt, Person
from legacy.registry.eras import era_date
from legacy.registry.rows import Row, rows_of
from legacy.registry.tables import (
    HENKO_UKETSUKE,
    HOGOSHA,
    KUMIAIIN,
    KUMIAIINSHO,
    REGISTRY,
    SEIKYU,
    SHUSSIKIN,
)
from tests.running import NOW

Record = Mapping[str, str | int]


def named(table: Table, row: Row) -> Record:
    return dict(zip(table.columns.keys(), row, strict=True))


def records_of(person: Person) -> dict[Table, list[Record]]:
    found: dict[Table, list[Record]] = {table: [] for table in REGISTRY.sorted_tables}
    for table, row in rows_of(person):
        found[table].append(named(table, row))
    return found


def person(coop: str, number: str) -> Person:
    found = Population(coop, 200, NOW).person(number)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def members() -> Sequence[tuple[Person, Record]]:
    people = Population("hirosaki", 5_000, NOW).people()
    return [(each, records_of(each)[KUMIAIIN][0]) for each in people]


@pytest.mark.parametrize("coop", ["hirosaki", "hokkaido"])
def test_every_text_fills_its_column_and_every_amount_is_a_number(coop: str) -> None:
    for each in Population(coop, 1_000, NOW).people():
        for table, row in rows_of(each):
            for column, value in zip(table.columns, row, strict=True):
                width = getattr(column.type, "length", None)
                assert (len(value) if isinstance(value, str) else None) == width, (column, value)


def test_taros_rows_are_those_of_the_agreed_person() -> None:
    records = records_of(person("hirosaki", "210100000001"))
    (member,), (share,) = records[KUMIAIIN], records[SHUSSIKIN]
    assert member["kumiaiin_no"] == "210100000001"
    assert str(member["shimei_kanji"]).rstrip() == "弘前　太郎"
    assert str(member["shimei_kana"]).rstrip(" ") == "ﾋﾛｻｷ ﾀﾛｳ"
    assert (member["seinengappi"], member["kubun"], member["jotai"]) == ("H170801", "01", "1")
    assert (member["nyugaku_nen"], member["kari_flg"]) == ("2024", "1")
    assert (share["kuchisu"], share["kingaku"], share["nyukinbi"]) == ("0020", 20_000, "R060308")
    assert [card["card_no"] for card in records[KUMIAIINSHO]] == ["2101000000010035"]
    assert records[SEIKYU] == []


def test_a_member_without_guardian_has_no_row_for_one() -> None:
    assert records_of(person("hirosaki", "210100000010"))[HOGOSHA] == []


def test_an_unknown_flag_is_a_space() -> None:
    """(X1)"""
    assert records_of(person("hirosaki", "210100000004"))[KUMIAIIN][0]["kari_flg"] == " "


def test_yos_phones_are_typed_in_full_width() -> None:
    records = records_of(person("hirosaki", "210100000015"))
    assert str(records[KUMIAIIN][0]["tel_jitaku"]).rstrip() == "０１７２－００－１０１５"
    assert str(records[HOGOSHA][0]["tel_keitai"]).rstrip() == "０１７２－００－１０１５"


def test_phones_are_typed_in_every_way_and_hold_their_digits(
    members: Sequence[tuple[Person, Record]],
) -> None:
    styles = set()
    for each, record in members:
        typed = str(record["tel_keitai"]).rstrip()
        digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", typed))
        assert digits == (each.mobile_phone or "")
        styles.add(re.sub(r"\d", "9", typed))
    assert styles == {
        "",
        "999-9999-9999",
        "99999999999",
        "999(9999)9999",
        "(999)9999-9999",
        "999 9999 9999",
    } | {"999－9999－9999"}


def test_postal_codes_are_typed_with_and_without_hyphen_and_in_full_width(
    members: Sequence[tuple[Person, Record]],
) -> None:
    styles = {re.sub(r"\d", "9", str(record["yubin_no"])) for _, record in members}
    assert styles == {"999-9999", "9999999 ", "999－9999"}
    assert {re.sub(r"[0-9]", "9", str(record["yubin_no"])) for _, record in members} > styles - {"999－9999"}


def test_names_are_padded_in_both_widths(members: Sequence[tuple[Person, Record]]) -> None:
    assert {str(record["shimei_kanji"])[-1] for _, record in members} == {" ", "　"}
    assert {str(record["shimei_kana"])[-1] for _, record in members} == {" "}


def test_a_missing_date_is_blank_or_zeros(members: Sequence[tuple[Person, Record]]) -> None:
    missing = {record["henkanbi"] for each, record in members if each.share_refunded_on is None}
    assert missing == {"0000000", " " * 7}


def test_a_few_dates_are_typed_carelessly_and_mean_the_day_they_count_to(
    members: Sequence[tuple[Person, Record]],
) -> None:
    joined = [(each.joined_on, str(record["kanyubi"])) for each, record in members]
    careless = [(day, typed) for day, typed in joined if typed != era_date(day)]
    assert 0.005 < len(careless) / len(joined) < 0.02
    lower = [typed for _, typed in careless if typed[0].islower()]
    endless = [(day, typed) for day, typed in careless if typed.startswith("H")]
    assert lower
    assert endless
    assert len(lower) + len(endless) == len(careless)
    for day, typed in endless:
        assert day >= date(2019, 5, 1)
        assert typed == f"H{day.year - 1988}{day:%m%d}"


def test_private_use_characters_reach_the_registry_as_they_are(
    members: Sequence[tuple[Person, Record]],
) -> None:
    for each, record in members:
        if Dirt.PRIVATE_USE in each.dirt:
            text = f"{record['shimei_kanji']}{record['jusho']}"
            assert re.search("[\ue000-\ue757]", text)


def test_mayumis_change_of_name_was_taken_up_and_her_record_bears_the_new_one() -> None:
    records = records_of(person("hokkaido", "10000006"))
    (change,) = records[HENKO_UKETSUKE]
    assert str(records[KUMIAIIN][0]["shimei_kanji"]).rstrip() == "北見　真由美"
    assert (str(change["kyu_atai"]).rstrip(), str(change["shin_atai"]).rstrip()) == (
        "帯広　真由美",
        "北見　真由美",
    )
    assert (change["komoku"], change["shori_flg"], change["shoribi"]) == ("01", "1", "R081119")


def test_changes_wait_were_taken_up_and_were_refused() -> None:
    people = Population("hokkaido", 2_000, NOW).people()
    changes = [change for each in people for change in records_of(each)[HENKO_UKETSUKE]]
    assert {(change["komoku"], change["shori_flg"]) for change in changes} == {
        ("01", "1"),
        ("02", "0"),
        ("03", "9"),
    }
    assert len({change["uketsuke_no"] for change in changes}) == len(changes)
    assert {change["shoribi"] for change in changes if change["shori_flg"] == "0"} == {"0000000"}


def test_the_same_person_is_typed_the_same_way_every_time() -> None:
    each = person("hokkaido", "10000100")
    assert list(rows_of(each)) == list(rows_of(each))
