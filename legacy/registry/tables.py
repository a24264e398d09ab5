"""The registry's tables, as docs/wire/registry.md has them.

Names are lower-case here and so unquoted in SQL: every engine folds them as it likes. Nothing is ever NULL.
"""

from typing import Any

from sqlalchemy import CHAR, Column, MetaData, Numeric, Table
from sqlalchemy.types import TypeEngine

REGISTRY = MetaData()


def _column(name: str, kind: TypeEngine[Any], *, key: bool = False, index: bool = False) -> Column[Any]:
    return Column(name, kind, nullable=False, primary_key=key, index=index)


_NUMBER = CHAR(12)
_ERA_DATE = CHAR(7)
_YEN = Numeric(9, 0)

KUMIAIIN = Table(
    "kumiaiin",
    REGISTRY,
    _column("kumiaiin_no", _NUMBER, key=True),
    _column("shimei_kanji", CHAR(40)),
    _column("shimei_kana", CHAR(60)),
    _column("seinengappi", _ERA_DATE),
    _column("kubun", CHAR(2)),
    _column("jotai", CHAR(1)),
    _column("kanyubi", _ERA_DATE),
    _column("nyugaku_nen", CHAR(4)),
    _column("sotsugyo_yoteibi", _ERA_DATE),
    _column("dattai_uketsukebi", _ERA_DATE),
    _column("henkanbi", _ERA_DATE),
    _column("yubin_no", CHAR(8)),
    _column("jusho", CHAR(120)),
    _column("tel_jitaku", CHAR(20)),
    _column("tel_keitai", CHAR(20)),
    _column("mail", CHAR(80)),
    _column("shozoku", CHAR(60)),
    _column("kari_flg", CHAR(1)),
    _column("koshin_nichiji", CHAR(14)),
)
"""組合員."""

SHUSSIKIN = Table(
    "shussikin",
    REGISTRY,
    _column("kumiaiin_no", _NUMBER, key=True),
    _column("kuchisu", CHAR(4)),
    _column("kingaku", _YEN),
    _column("moshikomibi", _ERA_DATE),
    _column("nyukinbi", _ERA_DATE),
)
"""出資金."""

HOGOSHA = Table(
    "hogosha",
    REGISTRY,
    _column("kumiaiin_no", _NUMBER, key=True),
    _column("shimei_kanji", CHAR(40)),
    _column("shimei_kana", CHAR(60)),
    _column("zokugara", CHAR(2)),
    _column("tel_keitai", CHAR(20)),
    _column("mail", CHAR(80)),
)
"""保護者."""

KUMIAIINSHO = Table(
    "kumiaiinsho",
    REGISTRY,
    _column("card_no", CHAR(16), key=True),
    _column("kumiaiin_no", _NUMBER, index=True),
    _column("hakkobi", _ERA_DATE),
    _column("jotai", CHAR(1)),
    _column("saihakko_kaisu", CHAR(2)),
)
"""組合員証."""

SEIKYU = Table(
    "seikyu",
    REGISTRY,
    _column("kumiaiin_no", _NUMBER, key=True),
    _column("seikyu_nengetsu", CHAR(6), key=True),
    _column("shimebi", _ERA_DATE),
    _column("shiharaibi", _ERA_DATE),
    _column("meisai_kensu", CHAR(3)),
    _column("gokei", _YEN),
)
"""請求."""

SEIKYU_MEISAI = Table(
    "seikyu_meisai",
    REGISTRY,
    _column("kumiaiin_no", _NUMBER, key=True),
    _column("seikyu_nengetsu", CHAR(6), key=True),
    _column("gyo_no", CHAR(3), key=True),
    _column("riyobi", _ERA_DATE),
    _column("tekiyo", CHAR(40)),
    _column("kingaku", _YEN),
)
"""請求明細."""

HENKO_UKETSUKE = Table(
    "henko_uketsuke",
    REGISTRY,
    _column("uketsuke_no", CHAR(10), key=True),
    _column("kumiaiin_no", _NUMBER, index=True),
    _column("komoku", CHAR(2)),
    _column("kyu_atai", CHAR(120)),
    _column("shin_atai", CHAR(120)),
    _column("uketsukebi", _ERA_DATE),
    _column("shori_flg", CHAR(1)),
    _column("shoribi", _ERA_DATE),
)
"""変更受付."""
