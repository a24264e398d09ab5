"""What staff look for (組合員検索)."""

import strawberry

from adapters import records
from adapters.records import MemberKind, MemberStatus


@strawberry.input(description="組合員検索: every part given must match.")
class MemberSearch:
    """Search terms."""

    number: str | None = strawberry.field(
        default=None, description="組合員番号 from its beginning; spaces, hyphens and any width allowed (A4)."
    )
    card_number: str | None = strawberry.field(
        default=None,
        description="組合員証のカード番号, whole, as the register reads it; of a replaced card too (B16).",
    )
    name_kana: str | None = strawberry.field(
        default=None, description="氏名カナ from its beginning, hiragana or katakana of any width."
    )
    phone: str | None = strawberry.field(
        default=None, description="電話番号 (帰省先 or 携帯) from its beginning, compared by its digits."
    )
    email: str | None = strawberry.field(
        default=None, description="メールアドレス in the registry, from its beginning, in any case."
    )
    status: MemberStatus | None = strawberry.field(default=None, description="加入・脱退の状態.")
    kind: MemberKind | None = strawberry.field(default=None, description="組合員区分.")
    admission_year: int | None = strawberry.field(default=None, description="入学年.")

    def to_domain(self) -> records.MemberSearch:
        """As the registry takes it."""
        return records.MemberSearch(
            number=self.number,
            card_number=self.card_number,
            name_kana=self.name_kana,
            phone=self.phone,
            email=self.email,
            status=self.status,
            kind=self.kind,
            admission_year=self.admission_year,
        )
