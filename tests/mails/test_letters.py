"""Every mail of the gateway: what it says, to whom it can be shown, and that it holds no more than it should."""

import re
from collections.abc import Mapping
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from gateway.coop import Coop
from gateway.mails.letters import Letter, write
from gateway.mails.subjects import safe_subject
from gateway.store.records import MailKind
from tests.config.coops import load
from tests.running import NOW

COOPS = load()
LATER = NOW + timedelta(hours=1)
URL = "https://mypage.example.jp/page#token=abc_DEF-123"
COLLECTING = {"stores": "SHAREA・FERIO・Clover", "phrase": "Picoの受け取りにきた"}
REQUEST = {
    "what": "電子マネーの利用停止",
    "asked_by": "組合員ご本人（マイページ）",
    "requested_at": NOW,
    "details": [("店舗", "SHAREA")],
}

FACTS: Mapping[MailKind, Mapping[str, object]] = {
    MailKind.TEST: {},
    MailKind.INVITATION: {},
    MailKind.REGISTRATION_LINK: {"url": URL, "expires_at": LATER, "needed": "希望ログインID"},
    MailKind.REGISTRATION_COMPLETE: {"name": "ログインID", "login_id": "hirosaki-taro"},
    MailKind.REGISTRATION_ATTEMPTED: {},
    MailKind.EMAIL_CONFIRMATION: {"url": URL, "expires_at": LATER, "after_registration": True},
    MailKind.EMAIL_CHANGE_ANNOUNCED: {"asked_at": NOW},
    MailKind.EMAIL_CHANGED: {"changed_at": NOW},
    MailKind.EMAIL_CHANGED_BY_STAFF: {"login_id": "hirosaki-taro"},
    MailKind.LOGIN_ID_REMINDER: {"login_ids": ["hirosaki-taro", "hirosaki-ichiro"]},
    MailKind.LOGIN_ID_CHANGED: {"login_id": "hirosaki-taro", "changed_at": NOW},
    MailKind.REISSUED_PASSWORD: {"password": "abcd2345efgh6789", "expires_at": LATER},
    MailKind.PASSWORD_RESET_LINK: {"url": URL, "expires_at": LATER},
    MailKind.PASSWORD_CHANGED: {"changed_at": NOW},
    MailKind.AUTH_CODE: {"code": "012345", "expires_at": LATER},
    MailKind.AUTH_CODE_CHANGED: {"what": "認証コードを使わない設定になりました。", "changed_at": NOW},
    MailKind.ACCOUNT_LOCKED: {"locked_at": NOW},
    MailKind.LEFT: {"has_app": True, "left_at": NOW},
    MailKind.INQUIRY_RECEIVED: {},
    MailKind.REQUEST_RECEIVED: REQUEST,
    MailKind.SUSPENSION_RECEIVED: {**REQUEST, "notes": ["利用再開には、店舗での手続きが必要です。"]},
    MailKind.REQUEST_DONE: {**REQUEST, "notes": []},
    MailKind.REQUEST_REJECTED: {**REQUEST, "reason": "Webポイントが不足しています。"},
    MailKind.INQUIRY_ANSWERED: {"answer": "組合員番号は組合員証の表面にございます。", "sent_at": NOW},
    MailKind.MEMBERSHIP_ENDED: {"had_card": True},
    MailKind.NOTICE: {"title": "年末年始の営業", "body": "12月29日から休みます。\n\n新年は4日からです。"},
    MailKind.LOW_BALANCE: {"amount": 980, "as_of": NOW.date(), "below": 1_000},
    MailKind.READY_TO_COLLECT: {"sums": [("払込用紙でのご入金", 20_000)], **COLLECTING},
    MailKind.GRADUATION: {
        "usable_until": NOW.date(),
        "amount": 4_350,
        "as_of": NOW.date(),
        "unreceived": 30_000,
        "expiry": "3月末までご利用可能です。",
        "refund": "現金でのご返金ができません。",
        **COLLECTING,
    },
    MailKind.LEAVING: {"warning": "早めに請求明細の確認をお願いいたします。"},
}

every_mail = pytest.mark.parametrize("kind", MailKind, ids=lambda kind: kind.value)
both_coops = pytest.mark.parametrize("coop", COOPS.values(), ids=lambda coop: coop.code)


def letter(kind: MailKind, coop: Coop = COOPS["hirosaki"]) -> Letter:
    return write(kind, coop, **FACTS[kind])


class Reading(HTMLParser):
    """What a mail program shows of HTML, and where links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.links: list[str | None] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag not in {"br", "meta", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "title" not in self.open:
            self.text += data


def words(text: str) -> str:
    return re.sub(r"\s", "", text)


@every_mail
@both_coops
def test_every_subject_names_the_co_op_and_fits_iso_2022_jp(kind: MailKind, coop: Coop) -> None:
    """A1: feature phones read nothing else."""
    subject = letter(kind, coop).subject
    assert subject.startswith(f"【{coop.name}】")
    assert subject.encode("iso2022_jp").decode("iso2022_jp") == subject
    assert "\n" not in subject


@every_mail
@both_coops
def test_html_says_what_the_text_says_and_is_well_formed(kind: MailKind, coop: Coop) -> None:
    written = letter(kind, coop)
    reading = Reading(written.html)
    assert words(reading.text) == words(written.text)
    assert reading.open == []
    for link in reading.links:
        assert link is not None
        assert link in written.text


@every_mail
@both_coops
def test_every_mail_says_who_it_is_from_and_how_to_reach_them(kind: MailKind, coop: Coop) -> None:
    text = letter(kind, coop).text
    assert text.count(coop.name) >= 1
    assert f"TEL {coop.phone}" in text
    assert coop.pages.home_url in text
    assert text.endswith("お答えできません。\n")


@every_mail
def test_no_mail_has_three_empty_lines_or_anything_of_the_template_left(kind: MailKind) -> None:
    text = letter(kind).text
    assert "\n\n\n" not in text
    assert not re.search(r"[{}]|None|%", text)


def test_a_letter_without_its_facts_is_not_written() -> None:
    with pytest.raises(UndefinedError):
        write(MailKind.AUTH_CODE, COOPS["hirosaki"], expires_at=LATER)


def test_what_comes_from_outside_is_text_in_html_too() -> None:
    written = write(MailKind.LOGIN_ID_REMINDER, COOPS["hirosaki"], login_ids=["<b>x</b>&amp;"])
    assert "<b>x</b>&amp;" in written.text
    assert "<strong>&lt;b&gt;x&lt;/b&gt;&amp;amp;</strong>" in written.html


def test_the_text_of_the_registration_link() -> None:
    """A21, A22, A23."""
    assert letter(MailKind.REGISTRATION_LINK).text == (
        "マイページの仮登録を受け付けました。登録はまだ完了していません。\n"
        "\n"
        "下記の本登録用URLにアクセスし、仮登録時に登録した希望ログインIDとパスワードを入力して、"
        "本登録をお済ませください。\n"
        "https://mypage.example.jp/page#token=abc_DEF-123\n"
        "\n"
        "　有効期限：2026年11月20日 13時00分\n"
        "\n"
        "有効期限を過ぎた場合は、もう一度はじめからお手続きください。URLは一回限り有効です。\n"
        "\n"
        "お心当たりのない場合は、このメールを破棄してください。本登録は行われません。\n"
        "\n"
        "────────────────────\n"
        "弘前大学生活協同組合\n"
        "TEL 0172-34-4806（平日 10:00～17:00）\n"
        "https://mypage.klas.seikyou.jp/\n"
        "\n"
        "※このメールは送信専用のアドレスからお送りしています。ご返信いただいてもお答えできません。\n"
    )


def test_who_leaves_is_advised_to_uninstall_where_there_is_an_app() -> None:
    """E14."""
    advice = "デジタル組合員証アプリのアンインストールをお願いいたします。"
    assert advice in write(MailKind.LEFT, COOPS["hokkaido"], has_app=True, left_at=NOW).text
    assert advice not in write(MailKind.LEFT, COOPS["hirosaki"], has_app=False, left_at=NOW).text


def test_whose_membership_has_ended_is_advised_to_uninstall_where_they_had_a_card() -> None:
    """E22, E24."""
    advice = "デジタル組合員証アプリのアンインストールをお願いいたします。"
    kind, coop = MailKind.MEMBERSHIP_ENDED, COOPS["hokkaido"]
    assert "出資金返還後は、マイページの閲覧ができなくなります。" in letter(kind).text
    assert advice in write(kind, coop, had_card=True).text
    assert advice not in write(kind, coop, had_card=False).text


def test_the_invitation_says_how_this_co_op_registers() -> None:
    """E6, E11, A14."""
    assert "登録費用は無料です。" in letter(MailKind.INVITATION, COOPS["hokkaido"]).text
    assert "仮ログインID（組合員番号）・仮パスワード" in letter(MailKind.INVITATION).text


@pytest.mark.parametrize(
    ("subject", "safe"),
    [
        ("ご案内", "ご案内"),
        ("10:00～17:00", "10:00〜17:00"),
        ("髙﨑様", "〓〓様"),
        ("藤\ue000様", "藤〓様"),
        ("①🍙", "〓〓"),
    ],
)
def test_a_subject_keeps_to_the_characters_everybody_can_read(subject: str, safe: str) -> None:
    assert safe_subject(subject) == safe
