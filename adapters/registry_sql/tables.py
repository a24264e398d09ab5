"""The registry's tables as docs/wire/registry.md has them: the columns that are read.

Names are lower-case here, which SQLAlchemy takes for case-insensitive: every engine folds them its own way.
Nothing is ever NULL in the registry, blank means none; columns are `CHAR` and padded, so values are
compared padded as well.
"""

from sqlalchemy import CHAR, Column, MetaData, Table
from sqlalchemy.types import UserDefinedType

NUMBER = CHAR(12)
MONTH = CHAR(6)
CARD_NUMBER = CHAR(16)


class Yen(UserDefinedType[int]):
    """`NUMERIC(9)`, fetched as the driver gives it.

    `Numeric` would turn it to and fro between float and Decimal.
    """

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """The column's type in SQL."""
        return "NUMERIC(9)"


metadata = MetaData()

kumiaiin = Table(
    "kumiaiin",
    metadata,
    Column("kumiaiin_no", NUMBER, primary_key=True),
    Column("shimei_kanji", CHAR(40)),
    Column("shimei_kana", CHAR(60)),
    Column("seinengappi", CHAR(7)),
    Column("kubun", CHAR(2)),
    Column("jotai", CHAR(1)),
    Column("kanyubi", CHAR(7)),
    Column("nyugaku_nen", CHAR(4)),
    Column("sotsugyo_yoteibi", CHAR(7)),
    Column("dattai_uketsukebi", CHAR(7)),
    Column("henkanbi", CHAR(7)),
    Column("yubin_no", CHAR(8)),
    Column("jusho", CHAR(120)),
    Column("tel_jitaku", CHAR(20)),
    Column("tel_keitai", CHAR(20)),
    Column("mail", CHAR(80)),
    Column("shozoku", CHAR(60)),
    Column("kari_flg", CHAR(1)),
)
"""組合員, one row a member."""

shussikin = Table(
    "shussikin",
    metadata,
    Column("kumiaiin_no", NUMBER, primary_key=True),
    Column("kuchisu", CHAR(4)),
    Column("kingaku", Yen),
    Column("moshikomibi", CHAR(7)),
    Column("nyukinbi", CHAR(7)),
)
"""出資金, at most one row a member."""

hogosha = Table(
    "hogosha",
    metadata,
    Column("kumiaiin_no", NUMBER, primary_key=True),
    Column("shimei_kanji", CHAR(40)),
    Column("shimei_kana", CHAR(60)),
    Column("zokugara", CHAR(2)),
    Column("tel_keitai", CHAR(20)),
    Column("mail", CHAR(80)),
)
"""保護者, at most one row a member."""

kumiaiinsho = Table(
    "kumiaiinsho",
    metadata,
    Column("card_no", CARD_NUMBER, primary_key=True),
    Column("kumiaiin_no", NUMBER, index=True),
    Column("hakkobi", CHAR(7)),
    Column("jotai", CHAR(1)),
    Column("saihakko_kaisu", CHAR(2)),
)
"""組合員証, one row a card."""

seikyu = Table(
    "seikyu",
    metadata,
    Column("kumiaiin_no", NUMBER, primary_key=True),
    Column("seikyu_nengetsu", MONTH, primary_key=True),
    Column("shimebi", CHAR(7)),
    Column("shiharaibi", CHAR(7)),
    Column("meisai_kensu", CHAR(3)),
    Column("gokei", Yen),
)
"""請求, one row a member and billing month."""

seikyu_meisai = Table(
    "seikyu_meisai",
    metadata,
    Column("kumiaiin_no", NUMBER, primary_key=True),
    Column("seikyu_nengetsu", MONTH, primary_key=True),
    Column("gyo_no", CHAR(3), primary_key=True),
    Column("riyobi", CHAR(7)),
    Column("tekiyo", CHAR(40)),
    Column("kingaku", Yen),
)
"""請求明細, one row a line."""

henko_uketsuke = Table(
    "henko_uketsuke",
    metadata,
    Column("uketsuke_no", CHAR(10), primary_key=True),
    Column("kumiaiin_no", NUMBER, index=True),
    Column("komoku", CHAR(2)),
    Column("kyu_atai", CHAR(120)),
    Column("shin_atai", CHAR(120)),
    Column("shori_flg", CHAR(1)),
    Column("shoribi", CHAR(7)),
)
"""変更受付, the queue of changes."""
