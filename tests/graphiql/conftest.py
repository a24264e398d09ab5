"""A page of Debian's Chromium that remembers what it asked for and what it complained about."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, Request, WebSocket, async_playwright

CHROMIUM = "/usr/bin/chromium"
# Without these it would look up hosts of its maker, which is not the page's doing.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


@dataclass(frozen=True, slots=True)
class Observed:
    """One page, every host it sent a request to, and everything its console complained of."""

    page: Page
    hosts: set[str | None] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)


def observe(page: Page) -> Observed:
    """Listens to the page from now on."""
    observed = Observed(page)

    def note_host(asked: Request | WebSocket) -> None:
        observed.hosts.add(urlsplit(asked.url).hostname)

    def note_complaint(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            observed.complaints.append(message.text)

    page.on("request", note_host)
    page.on("websocket", note_host)
    page.on("console", note_complaint)
    page.on("pageerror", lambda error: observed.complaints.append(error.message))
    return observed


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@pytest.fixture
async def observed(chromium: Browser) -> AsyncIterator[Observed]:
    """A page of a fresh profile, tall enough that an answer's editor draws all its lines."""
    context = await chromium.new_context(viewport={"width": 1400, "height": 3000}, locale="en-GB")
    yield observe(await context.new_page())
    await context.close()
