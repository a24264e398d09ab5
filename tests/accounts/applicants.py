"""Who registers in the tests, and what they type."""

from dataclasses import replace
from datetime import date

from adapters.records import Guardian, MemberKind, MemberNumber, MemberStatus
from gateway.accounts.registration import StartRegistration
from gateway.accounts.sign_up import SignUp
from gateway.viewer import AccountKind
from tests.accounts.registries import TARO

NEW_PASSWORD = "mittsu no ringo to jitensha"

SABURO = replace(
    TARO,
    number=MemberNumber("210100000005"),
    name="八甲田 三郎",
    name_kana="ハッコウダ サブロウ",
    birth_date=date(1994, 7, 15),
    home_phone="0172001005",
    mobile_phone="09000000005",
    email="hakkoda@example.jp",
    joined_on=date(2013, 3, 8),
    admission_year=2013,
    provisional_credential_issued=False,
)
"""Joined in 2013: registers by number (A15)."""

SABUROS_PARENT = Guardian(SABURO.number, "八甲田 正", "ハッコウダ タダシ", "父", "08000000005", None)

SACHIKO = replace(
    TARO,
    number=MemberNumber("10000002"),
    kind=MemberKind.SCHOOL_STAFF,
    name="小樽 幸子",
    name_kana="オタル サチコ",
    birth_date=date(1960, 2, 3),
    home_phone="0110001002",
    mobile_phone="09000001002",
    email="otaru@example.jp",
    joined_on=date(1985, 4, 1),
    admission_year=None,
    provisional_credential_issued=None,
)
SHO = replace(
    SACHIKO,
    number=MemberNumber("10000003"),
    status=MemberStatus.AWAITING_PAYMENT,
    name="函館 翔",
    name_kana="ハコダテ ショウ",
    birth_date=date(1995, 5, 6),
    email="hakodate@example.jp",
)
"""Has not paid the share capital (E10)."""

SABUROS_FORM = SignUp("saburo-h", NEW_PASSWORD, "saburo@example.jp", "2020-03")
SACHIKOS_FORM = SignUp(None, NEW_PASSWORD, "sachiko@example.jp", "2020-04")

SABURO_ASKS = StartRegistration(
    SABURO.number, AccountKind.MEMBER, date(1994, 7, 15), "0172-00-1005", SABUROS_FORM
)
SACHIKO_ASKS = StartRegistration(
    SACHIKO.number, AccountKind.MEMBER, date(1960, 2, 3), "０９０（０００）０１００２", SACHIKOS_FORM
)
