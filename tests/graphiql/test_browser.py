"""GraphiQL in a real browser, against the whole demo."""

import re

import pyotp
import pytest
from playwright.async_api import Locator, Page, expect

from tests.graphiql.conftest import Observed
from tests.running import DemoGateway

PASSWORD = "demo-coop-2026"


@pytest.fixture
async def page(observed: Observed, demo_gateway: DemoGateway) -> Page:
    await observed.page.goto(f"{demo_gateway.url}/graphiql")
    return observed.page


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def answer(page: Page) -> Locator:
    return page.locator(".graphiql-response .view-lines")


async def sign_in(page: Page, coop: str, identifier: str, password: str) -> None:
    await button(page, "Sign in").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Co-op").select_option(coop)
    await form.get_by_label(re.compile("Login ID|E-mail address")).fill(identifier)
    await form.get_by_label("Password").fill(password)
    await button(form, "Sign in").click()


def app_code(demo: DemoGateway, identifier: str) -> str:
    """What the authenticator app of one of the demo's staff shows now."""
    (account,) = (account for account in demo.accounts if account["identifier"] == identifier)
    return pyotp.TOTP(account["totpSecret"]).now()


async def test_a_demo_member_signs_in_sees_the_home_screen_and_signs_out(page: Page) -> None:
    """B1, B4, B33."""
    await button(page, "Sign in").click()
    await page.get_by_role("dialog").get_by_role("button", name="hirosaki-taro").click()
    await expect(page.get_by_role("status")).to_have_text("弘前 太郎member · hirosaki-taro")

    await page.get_by_role("button", name="Execute query").click()
    await expect(answer(page)).to_contain_text('"numberDisplay": "2101 0000 0001"')
    await expect(answer(page)).to_contain_text('"prepaidBalance": 4350')
    await expect(answer(page)).to_contain_text('"points": 120')

    await button(page, "Sign out").click()
    await page.get_by_role("button", name="Execute query").click()
    await expect(answer(page)).to_contain_text('"viewer": null')


async def test_staff_sign_in_by_the_form_with_a_code_and_list_the_members_of_their_coop(
    page: Page, demo_gateway: DemoGateway
) -> None:
    """E26: the second step asks for what an authenticator app shows."""
    await sign_in(page, "hirosaki", "staff-hirosaki", PASSWORD)
    form = page.get_by_role("dialog")
    await form.get_by_label("Code of the authenticator app").fill(app_code(demo_gateway, "staff-hirosaki"))
    await button(form, "Sign in").click()
    await expect(page.get_by_role("status")).to_have_text("staff-hirosakistaff")

    await page.get_by_role("tab", name="StaffMembers").click()
    await page.get_by_role("button", name="Execute query").click()
    await expect(answer(page)).to_contain_text('"name": "髙﨑 健一"')


async def test_one_of_the_demos_staff_is_signed_in_by_one_click(page: Page) -> None:
    """The page does what the authenticator app would."""
    await button(page, "Sign in").click()
    await page.get_by_role("dialog").get_by_role("button", name="auditor-hirosaki").click()
    await expect(page.get_by_role("status")).to_have_text("auditor-hirosakistaff")


async def test_a_wrong_code_is_told_in_japanese_and_can_be_tried_again(page: Page) -> None:
    """E26."""
    await sign_in(page, "hirosaki", "auditor-hirosaki", PASSWORD)
    form = page.get_by_role("dialog")
    await form.get_by_label("Code of the authenticator app").fill("000000")
    await button(form, "Sign in").click()
    await expect(form.get_by_role("alert")).to_contain_text("認証コードが正しくありません。")
    await expect(form.get_by_label("Code of the authenticator app")).to_be_visible()


async def test_the_form_asks_for_what_the_coop_signs_in_by(page: Page) -> None:
    """E1: the login id of Hokkaido School Co-op is the e-mail address."""
    await sign_in(page, "hokkaido", "sapporo@example.jp", PASSWORD)
    await expect(page.get_by_role("status")).to_have_text("札幌 一郎member · sapporo@example.jp")


async def test_a_refused_sign_in_shows_the_gateways_japanese_text(page: Page) -> None:
    """A37."""
    await sign_in(page, "hirosaki", "nobody", "not-a-password")
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text(re.compile("[ぁ-ん]"))
    assert await page.context.cookies() == []


async def test_a_reload_keeps_who_is_signed_in(page: Page) -> None:
    await sign_in(page, "hirosaki", "hirosaki-ichiro", PASSWORD)
    await expect(page.get_by_role("status")).to_have_text("hirosaki-ichiroguardian of 弘前 太郎")
    await page.reload()
    await expect(page.get_by_role("status")).to_have_text("hirosaki-ichiroguardian of 弘前 太郎")


async def test_an_example_opens_in_a_tab_of_its_own_with_its_variables(page: Page) -> None:
    await page.get_by_role("button", name="Show Examples").click()
    await button(page, "History page: what a member bought and paid in").click()
    await expect(page.get_by_role("tab", name="History")).to_have_count(2)
    variables = page.get_by_role("region", name="Variables").locator(".view-lines").first
    await expect(variables).to_contain_text('"kind": "FOOD"')


async def test_the_page_asks_nobody_but_the_gateway_and_has_nothing_to_complain_of(
    page: Page, observed: Observed
) -> None:
    """No font, script or worker comes from anywhere else, and the content security policy stops nothing."""
    await sign_in(page, "hirosaki", "takasaki", PASSWORD)
    await expect(page.get_by_role("status")).to_contain_text("takasaki")
    await page.get_by_role("button", name="Show Documentation Explorer").click()
    await expect(page.get_by_text("A GraphQL schema provides a root type")).to_be_visible()
    await page.get_by_role("button", name="Prettify query").click()
    await page.get_by_role("button", name="Execute query").click()
    await expect(answer(page)).to_contain_text('"prepaidBalance": 12080')

    assert observed.hosts == {"127.0.0.1"}
    assert observed.complaints == []
