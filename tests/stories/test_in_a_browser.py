"""The first message as a caseworker meets it: in Chromium, on wide and narrow, in two scripts.

With NYUMBANI_SCREENSHOTS=FOLDER it leaves the README's pictures there.
"""

import os
from pathlib import Path

import pytest

from nyumbani.accounts.terms import Role
from nyumbani.cases.models.case import Case
from nyumbani.drill.script.act1 import ACT
from nyumbani.drill.stage import Stage
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.sending import Attempt
from nyumbani.jobs.worker import run_due
from tests.accounts.staff import PASSWORD, code, give_app, hire
from tests.browser import axe_violations, transfer_weights

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]

FIRST_VIEW, AGAIN = 60_000, 20_000  # bytes over the wire
ANSWER = "Thank you for writing. Is it safe for you to write now?"
PICTURES = os.environ.get("NYUMBANI_SCREENSHOTS")


@pytest.fixture
def rehema(platforms, graph):
    """Rehema's phone, her first message already at our door and read by the worker."""
    stage = Stage(platforms, ACT.cast)
    phone = stage.phones["rehema"]
    phone.write("It is not for me. My friend Achieng is beaten by her boss. He took her passport.")
    arrive(graph)
    return phone


def arrive(graph):
    graph.postman.settle()
    run_due()


def sign_in(page, base, staff, secret):
    page.goto(f"{base}/")
    page.fill("input[name=login]", staff.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit], main button.main")
    page.fill("input[name=code]", code(secret))
    page.click("main button[type=submit], main button.main")
    page.wait_for_url(f"{base}/")


def picture(page, name):
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}.png")


def test_a_caseworker_reads_answers_and_opens_a_case(new_page, live_server, graph, rehema):
    staff = hire("wanjiku", Role.CASEWORKER)
    page, base = new_page(1280), live_server.url
    sign_in(page, base, staff, give_app(staff))

    page.goto(f"{base}/inbox/")
    page.click("a.row[href*='/inbox/01']")
    assert page.get_by_text("My friend Achieng is beaten").first.is_visible()
    page.fill("textarea[name=text]", ANSWER)
    page.click("form:has(textarea[name=text]) button.main")
    assert page.get_by_text(ANSWER).first.is_visible()
    arrive(graph)
    rehema.open_chat()
    arrive(graph)
    assert rehema.texts == [ANSWER]
    assert Attempt.objects.get().state == "read"
    page.reload()
    assert page.locator(".msg.out").last.get_by_text("read", exact=False).first.is_visible()
    picture(page, "inbox-1280")

    case = open_a_case(page, base)
    thread, found = Conversation.objects.get(), []
    addresses = ("/", "/inbox/", f"/inbox/{thread.person_id}/", "/cases/", f"/cases/{case.pk}/",
                 f"/people/{thread.person_id}/")  # fmt: skip
    cookies = page.context.cookies()
    for width in (360, 1280):
        for lang in ("en", "ar"):
            found += look(new_page, base, cookies, addresses, width, lang)
    assert not found, "\n".join(found)


def open_a_case(page, base):
    page.click(".msg details:has(a[href*='take-up']) summary")
    page.click("a[href*='take-up']")
    page.check("input[name=about][value=other]")
    page.fill("input[name=called]", "Achieng")
    page.fill("textarea[name=alleged]", "Beaten by her boss; passport taken")
    page.click("main form button.main")
    page.wait_for_url(f"{base}/cases/*/")
    case = Case.objects.get()
    assert str(case) in page.inner_text("main")
    picture(page, "case-1280")
    return case


def look(new_page, base, cookies, addresses, width, lang):
    """Open every page as this device does; what is wrong with it, one line each."""
    page, wrong = new_page(width, lang), []
    language = {"name": "django_language", "value": lang, "url": base}
    page.context.add_cookies([*cookies, language])
    weights = transfer_weights(page)
    for number, address in enumerate(addresses):
        weights.clear()
        page.goto(base + address)
        page.wait_for_load_state("networkidle")
        most = AGAIN if number else FIRST_VIEW
        if weights.total > most:
            wrong.append(f"{address} {width} {lang}: {weights.total} bytes")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            wrong.append(f"{address} {width} {lang}: {wide} px wide")
        if page.evaluate("document.documentElement.dir") != ("rtl" if lang == "ar" else "ltr"):
            wrong.append(f"{address} {width} {lang}: direction")
        if "Rehema" in page.title():
            wrong.append(f"{address}: a name in the title")
        wrong += [f"{address} {width} {lang}: {said}" for said in axe_violations(page)]
        if (width, lang) == (360, "ar") and len(address) > 30 and "inbox" in address:
            picture(page, "inbox-360-ar")
    wrong += [f"asked {host}" for host in weights.foreign]
    return wrong
