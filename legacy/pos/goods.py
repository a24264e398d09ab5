"""What the shops sell: names as clerks typed them, prices in yen."""

from typing import NamedTuple


class Article(NamedTuple):
    """An article at its price in yen."""

    name: str
    price: int


SNACKS = (
    Article("おにぎり鮭", 145),
    Article("おにぎり(ﾂﾅﾏﾖ)", 140),
    Article("ミックスサンド", 298),
    Article("メロンパン", 151),
    Article("カフェオレ500ml", 162),
    Article("お茶～宇治～600ml", 135),
    Article("りんごジュース(津軽産)180g", 148),
    Article("カップ麺しょうゆ", 189),
    Article("のり弁当", 421),
    Article("からあげ弁当(特盛)", 498),
    Article("焼プリン", 128),
    Article("バニラアイス", 151),
    Article("ﾌﾞﾚﾝﾄﾞｺｰﾋｰ(ﾎｯﾄ)ﾚｷﾞｭﾗｰｻｲｽﾞ", 140),
    Article("チョコ①", 118),
    Article("㈱岩木製菓 南部せんべい", 216),
    Article("髙橋牧場のむヨーグルト", 173),
)

BOOKS = (
    Article("線形代数入門", 2640),
    Article("有機化学(上)", 4180),
    Article("英語リーディング演習", 2090),
    Article("文庫 津軽", 605),
    Article("新書 日本の協同組合", 968),
    Article("解剖学アトラス原著第3版", 9900),
    Article("医学英単語", 2420),
    Article("統計学の基礎①", 2200),
    Article("憲法Ⅰ", 3080),
    Article("看護過程ワークブック", 2860),
    Article("髙村光太郎詩集", 880),
    Article("物理学実験の手引き", 1320),
    Article("農業経済論", 2750),
    Article("電磁気学演習", 2310),
)

MAGAZINES = (
    Article("週刊経済", 730),
    Article("月刊天文", 1100),
    Article("ＴＶ番組表", 480),
    Article("季刊東北学", 2200),
    Article("語学テキスト11月号", 660),
)

STATIONERY = (
    Article("大学ノートＢ罫5冊", 528),
    Article("蛍光ペン3色", 330),
    Article("シャープ替芯0.5", 198),
    Article("ルーズリーフA4 100枚", 286),
    Article("実験ノート", 473),
    Article("付箋75×25", 242),
    Article("白衣(男女兼用)S", 2750),
)

COMPUTER_SUPPLIES = (
    Article("USBメモリ64GB", 1480),
    Article("HDMIケーブル2m", 1280),
    Article("プリンタ用紙A4 500枚", 598),
    Article("インクカートリッジ6色", 5480),
    Article("ワイヤレスマウス", 1980),
    Article("USB-C変換アダプタ", 2480),
)

DAILY_GOODS = (
    Article("歯ブラシ", 198),
    Article("不織布マスク30枚", 398),
    Article("洗濯洗剤詰替", 348),
    Article("ビニール傘", 550),
    Article("使い捨てカイロ10個", 398),
    Article("ハンドクリーム", 437),
    Article("乾電池単3 4本", 328),
)

OTHER = (
    Article("証明写真", 800),
    Article("切手", 110),
    Article("映画前売券", 1500),
    Article("弘前-仙台高速バス回数券", 5700),
    Article("卒業袴レンタル予約金", 5000),
    Article("コピーカード", 500),
)
