"""送信メール (A23): what became of every mail is seen by staff, and its text by nobody."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from gateway.store import Store
from gateway.store.records import MailState
from tests.api.asking import PASSWORD, Api
from tests.api.doing import done, refusal
from tests.running import NOW

DISPATCHES = """
query ($state: MailState, $first: Int!, $after: String) {
  mailDispatches(state: $state, first: $first, after: $after) {
    edges {
      node { id kind recipient state queuedAt settledAt attempts nextAttemptAt reason resendable }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""


async def page(staff: Api, **given: Any) -> Any:
    return (await staff.data(DISPATCHES, **{"first": 50, **given}))["mailDispatches"]


async def only(staff: Api) -> Any:
    (edge,) = (await page(staff))["edges"]
    return edge["node"]


@pytest.fixture
async def announced(taro: Api) -> None:
    """Taro has switched codes on, and a mail says so."""
    await done(taro, "setAuthCode", useEmail={"password": PASSWORD})


async def settle(store: Store, mail_id: str, state: MailState) -> None:
    await store.of("hirosaki").outbox.settle(UUID(mail_id), state, NOW, "550 no such user")


@pytest.mark.usefixtures("announced")
async def test_staff_see_what_became_of_a_mail(hirosaki_staff: Api, hokkaido_staff: Api) -> None:
    """A23: masked, and their own co-op's only."""
    mail = await only(hirosaki_staff)

    assert mail.pop("id")
    assert mail == {
        "kind": "AUTH_CODE_CHANGED",
        "recipient": "h***@example.jp",
        "state": "QUEUED",
        "queuedAt": "2026-11-20T12:00:00+09:00",
        "settledAt": None,
        "attempts": 0,
        "nextAttemptAt": "2026-11-20T12:00:00+09:00",
        "reason": None,
        "resendable": False,
    }
    assert (await page(hokkaido_staff))["edges"] == []


@pytest.mark.usefixtures("announced")
async def test_a_settled_mail_is_sent_again(hirosaki_staff: Api, store: Store) -> None:
    mail_id = (await only(hirosaki_staff))["id"]
    await settle(store, mail_id, MailState.UNDELIVERABLE)
    assert (await only(hirosaki_staff))["resendable"] is True

    again = await done(hirosaki_staff, "resendMail", "dispatch { id kind state }", mailId=mail_id)

    assert again["dispatch"].pop("id") != mail_id
    assert again["dispatch"] == {"kind": "AUTH_CODE_CHANGED", "state": "QUEUED"}
    states = [edge["node"]["state"] for edge in (await page(hirosaki_staff))["edges"]]
    assert sorted(states) == ["QUEUED", "UNDELIVERABLE"]
    assert len((await page(hirosaki_staff, state="UNDELIVERABLE"))["edges"]) == 1


@pytest.mark.usefixtures("announced")
async def test_a_mail_under_way_is_not_sent_again(hirosaki_staff: Api) -> None:
    mail_id = (await only(hirosaki_staff))["id"]

    error = await refusal(hirosaki_staff, "resendMail", mailId=mail_id)

    assert (error["code"], error["path"]) == ("MAIL_NOT_RESENDABLE", ["input", "mailId"])


async def test_a_mail_that_carried_a_secret_is_never_sent_again(
    taro: Api, hirosaki_staff: Api, store: Store
) -> None:
    """It is asked for anew."""
    await done(taro, "changeEmail", password=PASSWORD, email="new@example.jp")
    edges = (await page(hirosaki_staff))["edges"]
    (mail,) = (edge["node"] for edge in edges if edge["node"]["kind"] == "EMAIL_CONFIRMATION")
    await settle(store, mail["id"], MailState.SENT)

    assert (await refusal(hirosaki_staff, "resendMail", mailId=mail["id"]))["code"] == "MAIL_NOT_RESENDABLE"


@pytest.mark.parametrize("mail_id", [str(uuid4()), "", "x", "\0"])
async def test_what_is_no_mail_cannot_be_sent_again(hirosaki_staff: Api, mail_id: str) -> None:
    assert (await refusal(hirosaki_staff, "resendMail", mailId=mail_id))["code"] == "MAIL_NOT_RESENDABLE"


async def test_the_list_comes_in_pages(taro: Api, hirosaki_staff: Api) -> None:
    await done(taro, "changeEmail", password=PASSWORD, email="new@example.jp")

    first = await page(hirosaki_staff, first=1)
    rest = await page(hirosaki_staff, first=1, after=first["pageInfo"]["endCursor"])

    kinds = {edge["node"]["kind"] for edge in (*first["edges"], *rest["edges"])}
    assert kinds == {"EMAIL_CONFIRMATION", "EMAIL_CHANGE_ANNOUNCED"}
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
