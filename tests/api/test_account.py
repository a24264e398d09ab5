"""アカウント: what one sees of one's own, and of nobody else's."""

from typing import Any

from tests.api.asking import Api

ACCOUNT = """
{
  viewer {
    account {
      kind state loginId email emailVerified authCode mustChangePassword
      termsAccepted { version acceptedAt }
      alerts { lowBalanceBelow readyToCollect }
    }
    staff { name roles }
    member { number }
  }
}
"""


async def viewer(api: Api) -> Any:
    return (await api.data(ACCOUNT))["viewer"]


async def test_nobody_is_no_viewer_and_no_error(api: Api) -> None:
    assert await viewer(api) is None


async def test_a_member_sees_their_account(taro: Api) -> None:
    """A20: which terms were accepted, and when."""
    assert await viewer(taro) == {
        "account": {
            "kind": "MEMBER",
            "state": "REGISTERED",
            "loginId": "hirosaki-taro",
            "email": "hirosaki@example.jp",
            "emailVerified": True,
            "authCode": "NONE",
            "mustChangePassword": False,
            "termsAccepted": {"version": "2020-03", "acceptedAt": "2025-04-10T09:00:00+09:00"},
            "alerts": {"lowBalanceBelow": None, "readyToCollect": True},
        },
        "staff": None,
        "member": {"number": "210100000001"},
    }


async def test_a_guardian_has_an_account_of_their_own_and_the_student_for_a_member(ichiro: Api) -> None:
    """A1, A16."""
    seen = await viewer(ichiro)

    assert (seen["account"]["kind"], seen["account"]["loginId"]) == ("GUARDIAN", "hirosaki-ichiro")
    assert seen["account"]["termsAccepted"]["acceptedAt"] == "2025-04-11T20:00:00+09:00"
    assert seen["member"] == {"number": "210100000001"}


async def test_a_member_of_staff_has_a_name_and_roles_and_is_no_member(hirosaki_staff: Api) -> None:
    seen = await viewer(hirosaki_staff)

    assert (seen["account"]["kind"], seen["account"]["authCode"]) == ("STAFF", "TOTP")
    assert seen["staff"] == {"name": "岩木 窓子", "roles": ["DESK", "OFFICE"]}
    assert seen["member"] is None


async def test_where_the_address_is_the_login_id_the_account_has_it_as_both(sapporo: Api) -> None:
    """E1."""
    account = (await viewer(sapporo))["account"]

    assert account["loginId"] == account["email"] == "sapporo@example.jp"
    assert account["emailVerified"] is True
    assert account["termsAccepted"]["version"] == "2020-04"
