"""Names for invented people: kanji and how they are read."""

from dataclasses import replace
from random import Random

import jaconv

from legacy.population.person import Dirt, Name

Reading = tuple[str, str]

_PRIVATE_USE = range(0xE000, 0xE758)

_FAMILIES = """
佐藤サトウ 鈴木スズキ 高橋タカハシ 田中タナカ 伊藤イトウ 渡辺ワタナベ 山本ヤマモト 中村ナカムラ
小林コバヤシ 加藤カトウ 吉田ヨシダ 山田ヤマダ 佐々木ササキ 山口ヤマグチ 松本マツモト 井上イノウエ
木村キムラ 林ハヤシ 斎藤サイトウ 清水シミズ 工藤クドウ 成田ナリタ 三上ミカミ 対馬ツシマ 葛西カサイ
福士フクシ 長内オサナイ 須藤スドウ 今イマ 千葉チバ 阿部アベ 菊池キクチ 及川オイカワ 小笠原オガサワラ
坂本サカモト 石川イシカワ 前田マエダ 藤田フジタ 後藤ゴトウ 近藤コンドウ 村上ムラカミ 遠藤エンドウ
青木アオキ 坂井サカイ 福田フクダ 太田オオタ 西村ニシムラ 藤井フジイ 岡田オカダ 金子カネコ 中島ナカジマ
原田ハラダ 小野オノ 田村タムラ 竹内タケウチ 和田ワダ 中山ナカヤマ 石田イシダ 上田ウエダ 森田モリタ
柴田シバタ 酒井サカイ 横山ヨコヤマ 宮本ミヤモト 内田ウチダ 高木タカギ 安藤アンドウ 島田シマダ
谷口タニグチ 大野オオノ 丸山マルヤマ 今井イマイ 河野コウノ 武田タケダ 村田ムラタ 上野ウエノ
杉山スギヤマ 増田マスダ 菅原スガワラ 平野ヒラノ 久保クボ 松井マツイ 千田チダ 岩崎イワサキ 野口ノグチ
桜井サクライ 木下キノシタ 野村ノムラ 松尾マツオ 菊地キクチ 新井アライ 渡部ワタナベ 佐野サノ
大塚オオツカ 小山コヤマ 水野ミズノ 本間ホンマ 川村カワムラ 奈良ナラ 神カミ
"""

_VARIANT_FAMILIES = """
髙橋タカハシ 髙木タカギ 髙田タカダ 髙野タカノ 髙谷タカヤ 髙﨑タカサキ 山﨑ヤマザキ 川﨑カワサキ
尾﨑オザキ 岩﨑イワサキ 宮﨑ミヤザキ 松﨑マツザキ
"""

_GIVEN = """
蓮レン 陽翔ハルト 湊ミナト 樹イツキ 大翔ヒロト 悠真ユウマ 颯太ソウタ 陸リク 翔太ショウタ 大輔ダイスケ
健太ケンタ 拓也タクヤ 直樹ナオキ 達也タツヤ 和也カズヤ 誠マコト 隆タカシ 浩一コウイチ 健一ケンイチ
茂シゲル 勝マサル 正タダシ 清キヨシ 実ミノル 修オサム 学マナブ 徹トオル 豊ユタカ 進ススム 亮リョウ
悠斗ユウト 海斗カイト 駿シュン 涼リョウ 航ワタル 遼リョウ 悟サトル 聡サトシ 剛ツヨシ 仁ジン 結衣ユイ
陽菜ヒナ 葵アオイ 凛リン 芽依メイ 紬ツムギ 莉子リコ 美咲ミサキ 七海ナナミ 彩アヤ 真由マユ 恵ケイ 愛アイ
舞マイ 千尋チヒロ 麻衣マイ 香織カオリ 裕子ユウコ 久美子クミコ 直美ナオミ 由美子ユミコ 恵子ケイコ
幸子サチコ 和子カズコ 洋子ヨウコ 京子キョウコ 節子セツコ 文子フミコ 弘子ヒロコ 明美アケミ さくらサクラ
ひなたヒナタ 遥ハルカ 楓カエデ 杏アン 桃子モモコ 里奈リナ 優花ユウカ 琴音コトネ 心春コハル 優子ユウコ
綾香アヤカ 瞳ヒトミ 梓アズサ 薫カオル 歩アユム 忍シノブ 光ヒカル 晶アキラ 司ツカサ 智也トモヤ
秀樹ヒデキ 博ヒロシ 哲也テツヤ 雅人マサト 圭介ケイスケ 和樹カズキ 祐介ユウスケ 翼ツバサ 慎吾シンゴ
"""


def _readings(table: str) -> tuple[Reading, ...]:
    return tuple(_reading(word) for word in table.split())


def _reading(word: str) -> Reading:
    """The reading is the trailing katakana; what it is a reading of has none."""
    written = word.rstrip("".join(map(chr, range(0x30A1, 0x30FD))))
    return written, jaconv.z2h(word[len(written) :])


FAMILIES = _readings(_FAMILIES)
VARIANT_FAMILIES = _readings(_VARIANT_FAMILIES)
GIVEN = _readings(_GIVEN)

_ROMAJI = {
    kana: jaconv.kana2alphabet(jaconv.kata2hira(jaconv.h2z(kana)))
    for _, kana in (*FAMILIES, *VARIANT_FAMILIES, *GIVEN)
}


def family_of(rng: Random, variant: bool) -> Reading:
    """A family name, with 髙 or 﨑 in it when `variant`."""
    families = VARIANT_FAMILIES if variant else FAMILIES
    return families[int(rng.random() * len(families))]


def invented_name(rng: Random, index: int, dirt: frozenset[Dirt]) -> Name:
    """Somebody's name; every second private-use character stands in a name, the others in an address."""
    name = name_of(rng, family_of(rng, Dirt.VARIANT_KANJI in dirt))
    if Dirt.PRIVATE_USE in dirt and index % 2 == 0:
        return replace(name, family=name.family[:-1] + private_use_character(rng))
    return name


def private_use_character(rng: Random) -> str:
    """A character only the vendor's font can show."""
    return chr(_PRIVATE_USE[int(rng.random() * len(_PRIVATE_USE))])


def name_of(rng: Random, family: Reading) -> Name:
    """Somebody of this family."""
    given, given_kana = GIVEN[int(rng.random() * len(GIVEN))]
    return Name(family[0], given, family[1], given_kana)


def romaji(kana: str) -> str:
    """How a half-width reading from these tables is written in an e-mail address."""
    return _ROMAJI[kana]
