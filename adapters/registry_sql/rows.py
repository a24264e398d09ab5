"""Rows of the registry become records: the only place where one turns into the other.

A reader raises `UnreadableRow` when a field is missing that its record cannot do without.
"""

from collections.abc import Sequence

from adapters.legacy_text import shown
from adapters.records import (
    Card,
    Guardian,
    Member,
    NameChange,
    ShareCapital,
    Statement,
    StatementLine,
)
from adapters.registry_sql.codes import (
    CARD_STATES,
    KINDS,
    PROVISIONAL_FLAGS,
    RELATION_UNKNOWN,
    RELATIONS,
    STATUSES,
    code_in,
)
from adapters.registry_sql.era_dates import era_date
from adapters.registry_sql.fields import Fields
from adapters.registry_sql.values import (
    count,
    month,
    optional_text,
    person_name,
    phone,
    postal_code,
    year,
    yen,
)

member_status = code_in(STATUSES)
member_kind = code_in(KINDS)
card_state = code_in(CARD_STATES)
relation = code_in(RELATIONS)
provisional_flag = code_in(PROVISIONAL_FLAGS)


def member(row: Fields) -> Member:
    """KUMIAIIN with its SHUSSIKIN."""
    kind, employment = row.required("kubun", member_kind)
    return Member(
        number=row.member_number,
        status=row.required("jotai", member_status),
        kind=kind,
        employment=employment,
        name=row.text("shimei_kanji", person_name),
        name_kana=row.text("shimei_kana", person_name),
        birth_date=row.optional("seinengappi", era_date),
        postal_code=row.optional("yubin_no", postal_code),
        address=row.optional("jusho", optional_text),
        home_phone=row.optional("tel_jitaku", phone),
        mobile_phone=row.optional("tel_keitai", phone),
        email=row.optional("mail", optional_text),
        affiliation=row.optional("shozoku", optional_text),
        joined_on=row.required("kanyubi", era_date),
        admission_year=row.optional("nyugaku_nen", year),
        graduates_on=row.optional("sotsugyo_yoteibi", era_date),
        withdrawal_noticed_on=row.optional("dattai_uketsukebi", era_date),
        share_refunded_on=row.optional("henkanbi", era_date),
        provisional_credential_issued=row.optional("kari_flg", provisional_flag),
        share_capital=_share_capital(row),
    )


def guardian(row: Fields) -> Guardian:
    """HOGOSHA. A guardian whose relation is unreadable is a guardian all the same."""
    return Guardian(
        member_number=row.member_number,
        name=row.text("shimei_kanji", person_name),
        name_kana=row.text("shimei_kana", person_name),
        relation=row.optional("zokugara", relation) or RELATION_UNKNOWN,
        mobile_phone=row.optional("tel_keitai", phone),
        email=row.optional("mail", optional_text),
    )


def card(row: Fields) -> Card:
    """KUMIAIINSHO."""
    return Card(
        card_number=row.text("card_no", str.strip),
        member_number=row.member_number,
        state=row.required("jotai", card_state),
        issued_on=row.required("hakkobi", era_date),
        reissue_count=row.required("saihakko_kaisu", count),
    )


def name_change(row: Fields) -> NameChange:
    """HENKO_UKETSUKE of a name that was taken up: since SHORIBI, the day the registry did so."""
    return NameChange(
        member_number=row.member_number,
        accepted_on=row.required("shoribi", era_date),
        old_name=row.text("kyu_atai", person_name),
        new_name=row.text("shin_atai", person_name),
    )


def statement(row: Fields, lines: Sequence[StatementLine]) -> Statement:
    """SEIKYU with its lines.

    Unreadable when they are not as many as it says, or do not add up to its total.
    """
    total = row.required("gokei", yen)
    if len(lines) != row.required("meisai_kensu", count):
        raise row.unreadable("meisai_kensu", f"{len(lines)} lines were found, which is not what it says")
    if sum(line.amount for line in lines) != total:
        raise row.unreadable("gokei", "the lines do not add up to it")
    return Statement(
        member_number=row.member_number,
        month=row.required("seikyu_nengetsu", month),
        closed_on=row.required("shimebi", era_date),
        due_on=row.optional("shiharaibi", era_date),
        total=total,
        lines=tuple(sorted(lines, key=lambda line: line.number)),
    )


def statement_line(row: Fields) -> StatementLine:
    """SEIKYU_MEISAI."""
    return StatementLine(
        number=row.required("gyo_no", count),
        used_on=row.required("riyobi", era_date),
        description=row.text("tekiyo", shown),
        amount=row.required("kingaku", yen),
    )


def _share_capital(row: Fields) -> ShareCapital | None:
    """None without a row of SHUSSIKIN, and for one that does not say how much."""
    if not row.text("shussikin_no", str.strip):
        return None
    units, amount = row.optional("kuchisu", count), row.optional("kingaku", yen)
    if units is None or amount is None:
        return None
    return ShareCapital(
        units=units,
        amount=amount,
        applied_on=row.optional("moshikomibi", era_date),
        paid_on=row.optional("nyukinbi", era_date),
    )
