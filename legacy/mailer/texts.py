"""What the co-ops write to their members. Plain text; the board escapes it."""

from typing import NamedTuple


class Text(NamedTuple):
    """A title and a body with `{month}` or `{name}` to be filled in."""

    title: str
    body: str

    def filled(self, **values: object) -> "Text":
        """With its places filled in."""
        return Text(self.title.format(**values), self.body.format(**values))


UNIVERSITY_TO_EVERYONE = (
    Text(
        "{month}月の営業時間のお知らせ",
        "各店舗の営業時間は店頭の掲示をご覧ください。\n土曜日は短縮営業です。",
    ),
    Text("食堂{month}月のフェア", "りんごカレー ¥440、けの汁 ¥66。\n数量限定です。お早めにどうぞ。"),
    Text("教科書&参考書の販売について", "販売期間中はSHAREAが混み合います。\nPicoでのお支払いが便利です。"),
    Text("Picoチャージ機の点検", "点検の間はレジでチャージしてください。"),
    Text("「ひとことカード」への回答({month}月)", "Q. <大盛>の値段は?\nA. ライス(大) ¥140です。"),
    Text("食生活相談会のご案内", "管理栄養士がお待ちしています。\n赤・緑・黄の点数をお持ちください。"),
    Text(
        "払込票でご入金された方へ",
        "入金から1週間～10日ほどでお受け取りいただけます。\n「Picoの受け取りにきた」とお伝えください。",
    ),
    Text("総代会のお知らせ", "議案書は組合員センターにあります。"),
    Text(
        "大学生協アプリ\u3000Webポイント2倍デー", "{month}月20日は2倍です。\n200ポイントごとに移行できます。"
    ),
    Text("年末年始・休業のご案内", "12月29日～1月3日は全店休業です。"),
)

UNIVERSITY_PERSONAL = (
    Text("ご注文の書籍が届きました", "{name} 様\nSHAREAのレジでお受け取りください。"),
    Text(
        "未受取プリペイド残高について", "{name} 様\nお受け取りに期限はありません。\nレジでお声がけください。"
    ),
    Text("Webポイントを進呈しました", "{name} 様\nアンケートのご回答ありがとうございました。"),
    Text("ミールカード&食堂のご利用について", "{name} 様\n栄養価はマイページでご覧になれます。"),
    Text("忘れ物をお預かりしています", "{name} 様\nFERIOでお預かりしています。"),
)

SCHOOL_TO_EVERYONE = (
    Text("{month}月20日締めのご請求について", "21日以降のご利用は翌々月のご請求となります。"),
    Text("共同購入カタログ{month}月号", "北の味覚&ギフト特集。\n¥5,000以上で送料無料です。"),
    Text("マイページ&デジタル組合員証", "アプリの更新をお願いいたします。"),
    Text("指定店のご案内({month}月)", "<冬タイヤ>は早めのご予約をお願いします。"),
    Text("保険の相談会", "札幌・旭川・函館で開きます。"),
    Text("異動と退職の手続き", "勤務先の変更は「異動と退職」フォームから。"),
    Text("年末年始の受付時間", "12月29日～1月3日はお休みします。"),
    Text("個人情報の取扱い", "ISO/IEC 27001の認証を更新しました。"),
)

SCHOOL_PERSONAL = (
    Text("請求明細が確定しました", "{name} 様\n{month}月分の請求明細をマイページでご確認ください。"),
    Text("ご注文の品を発送しました", "{name} 様\n勤務先あてにお届けします。"),
    Text("口座振替のお知らせ", "{name} 様\n残高のご確認をお願いいたします。"),
    Text("お問い合わせへの回答", "{name} 様\n担当よりメールをお送りしました。"),
)

TO_EVERYONE = {"hirosaki": UNIVERSITY_TO_EVERYONE, "hokkaido": SCHOOL_TO_EVERYONE}
PERSONAL = {"hirosaki": UNIVERSITY_PERSONAL, "hokkaido": SCHOOL_PERSONAL}
