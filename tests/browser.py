"""What browser tests share: Chromium, pages of a width and language, axe, weights on the wire.

A conftest.py takes the fixtures: `from tests.browser import chromium, complaints, new_page`.
Where there is no Chromium the tests are skipped, loudly; with NYUMBANI_BROWSER_REQUIRED=1 they
fail instead.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--force-color-profile=srgb",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, without a window and without calls home."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        why = "NO CHROMIUM ON THIS MACHINE: pages were not looked at (install Debian's chromium)"
        if os.environ.get("NYUMBANI_BROWSER_REQUIRED") == "1":
            pytest.fail(why)
        pytest.skip(why)
    # Playwright runs a loop in this thread; Django would take that for an asynchronous server.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*QUIET, *root])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """Errors on the browser's console and exceptions of scripts; they fail the test at its end.

    A test that provokes some looks at them and clears the list.
    """
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def new_page(chromium: Browser, complaints: list[str]) -> Iterator[NewPage]:
    """`new_page(width=360, lang="ar")`: a fresh session, as on another device.

    More of Playwright's context options may be given: `java_script_enabled=False`.
    """
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, lang: str = "en", **more: object) -> Page:
        height = 740 if width < 640 else 900
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale=lang,
            has_touch=width < 640,
            **more,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()


def axe_violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice, one line each with its places."""
    options = {
        "resultTypes": ["violations"],
        "runOnly": {"type": "tag", "values": RULES},
        "rules": {"target-size": {"enabled": True}},
    }
    result = Axe().run(page, options=options)
    return [
        f"{found['id']}: {found['help']}: {[node['html'][:120] for node in found['nodes']]}"
        for found in result.response["violations"]
    ]


@dataclass
class Weights:
    """Bytes that came over the wire, headers included, by address; and the hosts asked."""

    of: dict[str, int] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """All bytes since counting began, or since `clear`."""
        return sum(self.of.values())

    @property
    def foreign(self) -> set[str]:
        """Hosts that are not this machine: must stay empty."""
        return self.hosts - {"127.0.0.1", "localhost"}

    def clear(self) -> None:
        """Count anew; a cached file then weighs nothing, as on a second visit."""
        self.of.clear()


def transfer_weights(page: Page) -> Weights:
    """Count, from now on, what `page` transfers (DevTools protocol, encodedDataLength)."""
    weights, asked, heads = Weights(), dict[str, str](), dict[str, int]()
    session = page.context.new_cdp_session(page)

    def request(event: dict) -> None:
        url = urlsplit(event["request"]["url"])
        asked[event["requestId"]] = url.path
        if url.scheme in {"http", "https", "ws", "wss"}:
            weights.hosts.add(url.hostname or "")

    def answered(event: dict) -> None:
        heads[event["requestId"]] = int(event["response"]["encodedDataLength"])

    def finished(event: dict) -> None:
        # An answer without a body "fails" in Chromium's eyes: its headers are what it weighs.
        size = int(event.get("encodedDataLength", heads.get(event["requestId"], 0)))
        path = asked.get(event["requestId"], "?")
        weights.of[path] = weights.of.get(path, 0) + size

    session.on("Network.requestWillBeSent", request)
    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    session.on("Network.loadingFailed", finished)
    session.send("Network.enable")
    return weights
