"""生協: what everybody may know, in the words of the two source documents."""

from typing import Any

import pytest

from tests.api.asking import Api

COOP = """
query Coop($code: CoopCode!) {
  coop(code: $code) {
    code name phone inquiryHours mailDomain features signInIdentifier passwordRecovery memberNumberHelp
    registrationFee cardReissueFee recommendedEnvironments
    terms { version url }
    stores { code name acceptsPico canReceivePrepaid isDiningHall hours }
    depositChannels { kind name available description }
    prepaidDisclosure { issuer usableAt refund balanceCheck expiry complaintsDesk }
    manualChannels { kind name url phone description }
  }
}
"""


async def coop(api: Api, code: str) -> Any:
    return (await api.data(COOP, code=code))["coop"]


@pytest.fixture
async def hirosaki(api: Api) -> Any:
    """Asked by nobody in particular."""
    return await coop(api, "hirosaki")


@pytest.fixture
async def hokkaido(api: Api) -> Any:
    """Likewise."""
    return await coop(api, "hokkaido")


async def test_all_co_ops_come_in_the_order_of_their_codes(api: Api) -> None:
    assert await api.data("{ coops { code name } }") == {
        "coops": [
            {"code": "hirosaki", "name": "弘前大学生活協同組合"},
            {"code": "hokkaido", "name": "北海道学校生活協同組合"},
        ]
    }


@pytest.mark.parametrize("code", ["aomori", "", "HIROSAKI", "hirosaki\0", "../hirosaki"])
async def test_a_co_op_that_is_not_there_is_null(api: Api, code: str) -> None:
    assert await coop(api, code) is None


async def test_co_ops_differ_in_how_one_signs_in_and_recovers(hirosaki: Any, hokkaido: Any) -> None:
    """A37, E1, X15."""
    assert (hirosaki["signInIdentifier"], hirosaki["passwordRecovery"]) == ("LOGIN_ID", "REISSUE")
    assert (hokkaido["signInIdentifier"], hokkaido["passwordRecovery"]) == ("EMAIL", "RESET_LINK")


async def test_co_ops_say_what_their_portal_offers(hirosaki: Any, hokkaido: Any) -> None:
    assert hirosaki["features"] == ["GUARDIANS", "MEAL_CARD", "PICO"]
    assert hokkaido["features"] == ["DIGITAL_CARD", "PROFILE_CHANGE", "STATEMENTS"]


async def test_members_learn_where_their_number_stands(hirosaki: Any) -> None:
    """A3, A6."""
    assert hirosaki["memberNumberHelp"] == (
        "組合員番号はメンバーズカード（Picoカード）の表面に記載されている【2101】から始まる12桁の番号です。"
        "生協からお送りしているご案内等にも記載があります。"
    )


async def test_members_learn_which_domain_to_let_through(hirosaki: Any) -> None:
    """A24: 「＠klas.seikyou.jp」をドメイン指定で受信するように設定変更してください。"""
    assert hirosaki["mailDomain"] == "klas.seikyou.jp"


async def test_stores_say_what_can_be_done_in_them(hirosaki: Any, hokkaido: Any) -> None:
    """B14, B21, D4."""
    can = [
        (store["name"], store["acceptsPico"], store["canReceivePrepaid"], store["isDiningHall"])
        for store in hirosaki["stores"]
    ]
    assert can == [
        ("SHAREA", True, True, False),
        ("FERIO", True, True, False),
        ("Clover", True, True, False),
        ("文京食堂", True, False, True),
        ("医学部食堂", True, False, True),
        ("新入生サポートセンター", False, False, False),
    ]
    assert hokkaido["stores"] == []


async def test_deposit_channels_name_also_what_is_not_offered(hirosaki: Any, hokkaido: Any) -> None:
    """B18, B19, B20."""
    not_offered = "大変申し訳ございませんが、弘大生協では対応しておりません。"
    channels = hirosaki["depositChannels"]
    assert [(channel["kind"], channel["available"]) for channel in channels] == [
        ("PAYMENT_SLIP", True),
        ("REGISTER", True),
        ("CHARGE_MACHINE", True),
        ("INTERNET_TRANSFER", False),
        ("DIRECT_DEBIT", False),
    ]
    by_kind = {channel["kind"]: channel["description"] for channel in channels}
    assert by_kind["INTERNET_TRANSFER"] == by_kind["DIRECT_DEBIT"] == not_offered
    assert by_kind["REGISTER"] == "現金を持参し、店舗レジでの入金。"
    assert by_kind["CHARGE_MACHINE"] == "現金を持参し、チャージ機での入金。"
    assert by_kind["PAYMENT_SLIP"] == (
        "生協がお送りする払込用紙での入金。教科書購入時には目安として入金額をご案内しております。"
        "チャージ済みの残高やご本人様のご利用状況に合わせてのご入金でも構いません。"
    )
    assert hokkaido["depositChannels"] == []


async def test_the_issuer_of_prepaid_value_discloses_what_the_law_asks_for(
    hirosaki: Any, hokkaido: Any
) -> None:
    """B3, B21, B22, B23."""
    assert hirosaki["prepaidDisclosure"] == {
        "issuer": "弘前大学生活協同組合",
        "usableAt": "Picoは生協全店舗でご利用いただけます。",
        "refund": "カードへチャージ済みのプリペイド残高は、現金でのご返金ができません。",
        "balanceCheck": "直近の残高やポイントは、お買い物の際のレシートでご確認いただけます。",
        "expiry": "ご卒業の場合は、卒業年の3月末までご利用可能ですので、チャージ済みの残高は、"
        "全て使い切るようお願いいたします。",
        "complaintsDesk": "弘前大学生活協同組合 TEL 0172-34-4806",
    }
    assert hokkaido["prepaidDisclosure"] is None


async def test_a_card_is_reissued_for_a_fee(hirosaki: Any, hokkaido: Any) -> None:
    """D5."""
    assert hirosaki["cardReissueFee"] == 500
    assert hokkaido["cardReissueFee"] is None


async def test_hirosaki_is_reached_by_form_or_phone(hirosaki: Any) -> None:
    """D10."""
    assert hirosaki["phone"] == "0172-34-4806"
    assert hirosaki["inquiryHours"] == "平日 10:00～17:00"
    assert [(channel["kind"], channel["phone"]) for channel in hirosaki["manualChannels"]] == [
        ("INQUIRY_FORM", None),
        ("PHONE", "0172-34-4806"),
    ]
    assert hirosaki["manualChannels"][0]["url"] == "https://www.hirosaki-coop.example/inquiry"


async def test_registration_at_hokkaido_is_free(hirosaki: Any, hokkaido: Any) -> None:
    """E6."""
    assert hokkaido["registrationFee"] == ("登録費用は無料です。ただし回線使用料は利用者のご負担となります。")
    assert hirosaki["registrationFee"] is None


async def test_joining_and_a_change_of_workplace_go_by_form_or_phone(hokkaido: Any) -> None:
    """E2, E16, E18."""
    assert [
        (channel["kind"], channel["name"], channel["phone"]) for channel in hokkaido["manualChannels"]
    ] == [
        ("JOINING_FORM", "「加入申込」フォーム", "011-561-6493"),
        ("TRANSFER_AND_RETIREMENT_FORM", "「異動と退職」", "011-561-6493"),
        ("PHONE", "北海道学校生協", "011-561-6493"),
    ]
    joining, transfer, phone = (channel["description"] for channel in hokkaido["manualChannels"])
    assert joining == (
        "生協の加入申込が必要のため、HPから「加入申込」フォームに必要事項をご入力のうえ送信いただくか"
        "またはお電話にてご連絡をお願いします。"
    )
    assert transfer == (
        "勤務先の変更は自動受付ができないため、HPの「異動と退職」ご入力のうえ送信いただくか、"
        "またはお電話等でご連絡願います。"
    )
    assert phone == (
        "組合員様のメールアドレスにつきましては、個人情報に関連するためご本人様からお電話いただき、"
        "ご本人様確認のうえご案内いたします。"
    )


async def test_recommended_environments_are_published_as_the_co_op_has_them(
    hirosaki: Any, hokkaido: Any
) -> None:
    """E25: obsolete, and the co-op's own words."""
    assert hokkaido["recommendedEnvironments"] == [
        "【PC】Windows7 / Google Chrome最新版, Internet Explorer 11.0",
        "【PC】Mac OS 10.10 / Safari8",
        "【スマホ】iOS8(iPhone6) / Safari8",
        "【スマホ】Android4.4(Galaxy) / 標準ブラウザ",
        "【スマホ】Android4.4(Xperia) / Google Chrome",
    ]
    assert hirosaki["recommendedEnvironments"] == []


async def test_terms_have_the_version_that_acceptances_name(hirosaki: Any, hokkaido: Any) -> None:
    """A20."""
    assert hirosaki["terms"] == {"version": "2020-03", "url": None}
    assert hokkaido["terms"] == {"version": "2020-04", "url": None}


async def test_a_member_of_one_co_op_may_read_of_another(sapporo: Api) -> None:
    assert (await coop(sapporo, "hirosaki"))["phone"] == "0172-34-4806"
