"""What the two co-ops' own files promise, word by word where the sources print it."""

from datetime import date

from gateway.coop import Coop
from gateway.coop_terms import (
    CoopFeature,
    DepositChannelKind,
    ManualChannelKind,
    PasswordRecovery,
    SignInIdentifier,
)
from gateway.rules.business_days import collection_day
from tests.config.coops import load

HIROSAKI = load()["hirosaki"]
HOKKAIDO = load()["hokkaido"]


def phones(coop: Coop) -> set[str | None]:
    return {channel.phone for channel in coop.manual_channels if channel.kind is ManualChannelKind.PHONE}


def test_the_co_ops_differ_in_features_and_in_how_members_sign_in() -> None:
    """A37, E1, A30, E3, X15."""
    assert HIROSAKI.features == {CoopFeature.PICO, CoopFeature.MEAL_CARD, CoopFeature.GUARDIANS}
    assert HOKKAIDO.features == {
        CoopFeature.STATEMENTS,
        CoopFeature.DIGITAL_CARD,
        CoopFeature.PROFILE_CHANGE,
    }
    assert (HIROSAKI.sign_in_identifier, HIROSAKI.password_recovery) == (
        SignInIdentifier.LOGIN_ID,
        PasswordRecovery.REISSUE,
    )
    assert (HOKKAIDO.sign_in_identifier, HOKKAIDO.password_recovery) == (
        SignInIdentifier.EMAIL,
        PasswordRecovery.RESET_LINK,
    )


def test_the_co_ops_are_reached_at_the_phone_numbers_they_publish() -> None:
    """D10, E2."""
    assert (HIROSAKI.phone, phones(HIROSAKI)) == ("0172-34-4806", {"0172-34-4806"})
    assert (HOKKAIDO.phone, phones(HOKKAIDO)) == ("011-561-6493", {"011-561-6493"})


def test_hirosakis_mail_comes_from_the_domain_members_let_through() -> None:
    """A24."""
    assert HIROSAKI.mail_domain == "klas.seikyou.jp"
    assert HIROSAKI.mail_from.endswith("@klas.seikyou.jp")


def test_sharea_ferio_and_clover_hand_out_prepaid_money() -> None:
    """B14, B21."""
    assert [store.name for store in HIROSAKI.stores if store.can_receive_prepaid] == [
        "SHAREA",
        "FERIO",
        "Clover",
    ]
    assert all(store.accepts_pico for store in HIROSAKI.stores if store.code != "301")


def test_money_comes_in_by_slip_register_or_machine_and_by_no_other_way() -> None:
    """B18, B19."""
    available = {channel.kind for channel in HIROSAKI.deposit_channels if channel.available}
    refused = {
        channel.kind: channel.description for channel in HIROSAKI.deposit_channels if not channel.available
    }
    assert available == {
        DepositChannelKind.PAYMENT_SLIP,
        DepositChannelKind.REGISTER,
        DepositChannelKind.CHARGE_MACHINE,
    }
    assert set(refused) == {DepositChannelKind.INTERNET_TRANSFER, DepositChannelKind.DIRECT_DEBIT}
    assert set(refused.values()) == {"大変申し訳ございませんが、弘大生協では対応しておりません。"}


def test_the_guided_amount_is_guidance_only() -> None:
    """B20."""
    slip = next(
        channel for channel in HIROSAKI.deposit_channels if channel.kind is DepositChannelKind.PAYMENT_SLIP
    )
    assert "教科書購入時には目安として入金額をご案内しております。" in slip.description


def test_prepaid_money_is_disclosed_as_the_law_wants() -> None:
    """B3, B21, B22, B23."""
    disclosure = HIROSAKI.prepaid_disclosure
    assert disclosure is not None
    assert disclosure.refund == "カードへチャージ済みのプリペイド残高は、現金でのご返金ができません。"
    assert disclosure.usable_at == "Picoは生協全店舗でご利用いただけます。"
    assert "卒業年の3月末までご利用可能" in disclosure.expiry
    assert HOKKAIDO.prepaid_disclosure is None


def test_the_numbers_of_pico_are_those_of_the_guide() -> None:
    """B4, B6, B13, B15, B23, X9."""
    pico = HIROSAKI.pico
    assert pico is not None
    assert pico.points.unit == 200
    assert pico.prepaid.pickup_phrase == "Picoの受け取りにきた"
    assert (pico.prepaid.slip_days_from, pico.prepaid.slip_days_until) == (7, 10)
    assert (pico.prepaid.deadline_month, pico.prepaid.deadline_day, pico.prepaid.reminder_from_month) == (
        3,
        31,
        1,
    )
    assert HOKKAIDO.pico is None


def test_hirosakis_sentences_are_the_guides() -> None:
    """B2, B3, B12, B13, B17, B31, B32, C4, D2, D4."""
    texts = HIROSAKI.texts
    assert texts.as_of_note == "マイページの残高、ポイントの情報は、前日利用時点のものです。"
    assert texts.receipt_note == "直近の残高やポイントは、お買い物の際のレシートでご確認いただけます。"
    assert texts.slip_note.startswith(
        "郵便局からお振込みいただいただけでは、電子マネーPicoとしてご利用いただけません。"
    )
    assert "入金から1週間～10日ほどでお受け取り（チャージ）可能" in texts.slip_note
    assert "店舗（SHAREA・FERIO・Clover）" in texts.slip_note
    assert texts.no_collection_deadline.startswith("受取期限はありません")
    assert "ご入学時に「新入生サポートセンター」でご購入いただいた物品" in texts.lifetime_explanation
    assert "「購入/入金履歴」で詳細をご確認" in texts.lifetime_explanation
    assert "システムの都合上、残高は" in texts.meal_card_balance_notice
    assert texts.how_to_resume == "利用再開には、店舗での手続きが必要です。"
    assert texts.meal_card_follow_up == "ミールカードをご利用の方は、食堂店でお手続きください。"


def test_hirosakis_members_have_provisional_credentials_as_the_guide_says() -> None:
    """A8, A10, A12, A14; Hokkaido's have none."""
    assert HIROSAKI.provisional is not None
    assert HIROSAKI.provisional.guardian_suffix == "p"
    assert HIROSAKI.provisional.joined_from_year == 2014
    assert HIROSAKI.provisional.birth_date_from_admission == 2020
    assert HOKKAIDO.provisional is None


def test_hokkaidos_sentences_are_the_faqs() -> None:
    """E6, E23."""
    texts = HOKKAIDO.texts
    assert texts.registration_fee == "登録費用は無料です。ただし回線使用料は利用者のご負担となります。"
    assert "早めに請求明細の確認をお願いいたします。" in texts.withdrawal_warning


def test_hokkaido_bills_on_the_twentieth_and_shows_from_the_next_month() -> None:
    """E9, E12, X17."""
    assert HOKKAIDO.billing is not None
    assert HOKKAIDO.billing.closing_day == 20
    assert HOKKAIDO.viewing.from_next_month
    assert not HIROSAKI.viewing.from_next_month


def test_what_mypage_does_not_do_has_a_form_and_a_phone() -> None:
    """E16, E18."""
    channels = {channel.kind: channel for channel in HOKKAIDO.manual_channels}
    joining = channels[ManualChannelKind.JOINING_FORM]
    transfer = channels[ManualChannelKind.TRANSFER_AND_RETIREMENT_FORM]
    assert "HPから「加入申込」フォーム" in joining.description
    assert "勤務先の変更は自動受付ができないため、HPの「異動と退職」" in transfer.description
    assert joining.phone == transfer.phone == "011-561-6493"
    assert joining.url
    assert transfer.url


def test_the_recommended_environments_are_published_however_old_they_are() -> None:
    """E25."""
    assert len(HOKKAIDO.recommended_environments) == 5
    assert "Windows7 / Google Chrome最新版, Internet Explorer 11.0" in HOKKAIDO.recommended_environments[0]


def test_nothing_is_collected_while_the_co_op_is_closed_at_the_turn_of_the_year() -> None:
    """X6 with the co-op's own closed days: Monday 2026-12-28, then Monday and Tuesday of January."""
    assert collection_day(date(2026, 12, 28), HIROSAKI.calendar.extra_closed_days) == date(2027, 1, 5)
