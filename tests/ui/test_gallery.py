"""The components in a real browser: phone and desk, both directions, with and without script."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe_violations, transfer_weights
from tests.ui.gallery import views

pytestmark = pytest.mark.browser

TARGETS = (
    ".btn, .rail nav a, .rail .hide, summary, .tabs a, .row, .tile, .choice, .errors a, select,"
    "textarea, input:not([type=hidden], [type=checkbox], [type=radio])"
)
SMALL = """targets => targets.filter(t => t.checkVisibility()).map(t => [t.outerHTML.slice(0, 80),
    t.getBoundingClientRect()]).filter(([, r]) => r.height < 43.9 || r.width < 43.9)"""
GONE = "getComputedStyle(document.body).display"


def happened(word):
    return [event for event in views.happened if word in event]


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(gallery, new_page, width, lang):
    page = new_page(width=width, lang=lang)
    for path in ("/", "/inbox/", "/inbox/?here=list", "/inbox/?here=side", "/public/", "/none/"):
        page.goto(gallery + path)
        assert axe_violations(page) == [], path


def test_axe_finds_nothing_in_the_dark_nor_in_open_menus(gallery, new_page, complaints):
    page = new_page(width=360, color_scheme="dark")
    for path in ("/", "/inbox/"):
        page.goto(gallery + path)
        assert axe_violations(page) == [], path
    page.locator(".rail summary").click()
    assert axe_violations(page) == []
    page.keyboard.press("Control+k")
    assert axe_violations(page) == []


def test_axe_would_find_something(gallery, new_page):
    page = new_page()
    page.goto(gallery + "/public/")
    page.evaluate("document.querySelector('h1').style.color = '#e8e8e8'")
    assert any("color-contrast" in found for found in axe_violations(page))


@pytest.fixture(autouse=True)
def an_unknown_page_is_no_complaint(complaints):
    yield
    complaints[:] = [line for line in complaints if "404" not in line]


def test_targets_are_large_enough_for_a_thumb(gallery, new_page):
    page = new_page(width=360)
    for path in ("/", "/inbox/", "/inbox/?here=list", "/public/"):
        page.goto(gallery + path)
        found = page.locator(TARGETS)
        assert found.count() > 5
        assert found.evaluate_all(SMALL) == [], path


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_is_wider_than_the_smallest_phone(gallery, new_page, lang):
    page = new_page(width=320, lang=lang)
    for path in ("/", "/inbox/", "/inbox/?here=list", "/public/"):
        page.goto(gallery + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_right_to_left_turns_the_page(gallery, new_page):
    sides = {}
    for lang in ("en", "ar"):
        page = new_page(lang=lang)
        page.goto(gallery + "/inbox/")
        rail = page.locator(".rail").bounding_box()
        ours, theirs = (page.locator(f".msg{kind}").first.bounding_box() for kind in (".out", ""))
        sides[lang] = (rail["x"] < 640, ours["x"] > theirs["x"])
    assert sides == {"en": (True, True), "ar": (False, False)}


def test_tables_become_cards_on_a_phone(gallery, new_page):
    widths = {}
    for width in (360, 1280):
        page = new_page(width=width)
        page.goto(gallery)
        cell = page.locator("td[data-label=Why]")
        widths[width] = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert widths == {360: '"Why"', 1280: "none"}


def test_pages_weigh_little_and_ask_nobody_else(gallery, new_page):
    page = new_page(width=360)
    weights = transfer_weights(page)
    page.goto(gallery + "/inbox/", wait_until="networkidle")
    assert 0 < weights.total <= 60_000
    weights.clear()
    page.goto(gallery + "/", wait_until="networkidle")
    assert 0 < weights.total <= 20_000
    assert weights.foreign == set()


def test_a_public_page_weighs_less_than_a_photograph(gallery, new_page):
    page = new_page(width=360)
    weights = transfer_weights(page)
    page.goto(gallery + "/public/", wait_until="networkidle")
    assert 0 < weights.total <= 25_000
    assert weights.foreign == set()


def test_an_idle_poll_costs_next_to_nothing(gallery, new_page):
    page = new_page()
    weights = transfer_weights(page)
    with page.expect_response("**/poll/") as answer:
        page.goto(gallery + "/inbox/")
    assert answer.value.status == 204
    page.wait_for_timeout(200)
    assert 0 < weights.of["/poll/"] <= 400


def test_a_poll_brings_news_and_says_so(gallery, new_page):
    page = new_page()
    page.goto(gallery + "/inbox/")
    page.locator("#reply").fill("half a sentence")
    views.news.append(
        '<div class="flow" tabindex="0" data-poll="/poll/" data-news="1 new message">'
        '<div class="msg">Now it is safe.</div></div>'
    )
    expect(page.locator(".flow")).to_contain_text("Now it is safe.", timeout=6000)
    expect(page.locator("#live")).to_have_text("1 new message")
    assert page.locator("#reply").input_value() == "half a sentence"
    assert page.evaluate("document.activeElement.id") == "reply"


def test_hide_blanks_before_anything_is_asked_of_the_network(gallery, new_page):
    page = new_page()
    page.goto(gallery + "/inbox/")
    seen = page.evaluate(f"document.querySelector('.hide').click(), [{GONE}, document.title]")
    assert seen == ["none", "…"]
    page.wait_for_url("**/lock/")
    assert happened("lock") == ["lock POST"]


def test_three_times_shift_hides_and_two_do_not(gallery, new_page):
    page = new_page()
    page.goto(gallery + "/inbox/")
    page.locator("#reply").focus()
    page.keyboard.press("Shift")
    page.keyboard.type("aB")  # a capital letter is no sign
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert page.evaluate(GONE) == "block"
    page.keyboard.press("Shift")
    page.wait_for_url("**/lock/")


def test_hiding_in_one_tab_hides_all(gallery, new_page):
    page = new_page()
    other = page.context.new_page()
    other.goto(gallery + "/inbox/")
    page.goto(gallery + "/")
    page.locator(".hide").click()
    other.wait_for_url("**/lock/")


def test_back_asks_again_and_never_shows_what_was_kept(gallery, new_page):
    page = new_page()
    page.goto(gallery + "/inbox/")
    page.locator(".hide").click()
    page.wait_for_url("**/lock/")
    before = len(happened("GET /inbox/"))
    page.go_back()
    expect(page.locator("h1")).to_have_text("Inbox")
    assert len(happened("GET /inbox/")) > before


def test_ten_idle_minutes_lock_and_a_sign_of_life_puts_it_off(gallery, new_page):
    page = new_page()
    page.clock.install()
    page.goto(gallery + "/")
    page.clock.run_for("09:30")
    page.keyboard.press("a")
    page.clock.run_for("09:30")
    assert happened("lock") == []
    page.clock.run_for("00:40")
    page.wait_for_url("**/lock/")
    assert happened("lock") == ["lock POST"]


def test_a_long_note_is_told_to_the_server_every_five_minutes(gallery, new_page):
    page = new_page()
    page.clock.install()
    page.goto(gallery + "/inbox/")
    page.locator("#reply").focus()
    for _minute in range(16):
        page.keyboard.press("a")
        page.clock.run_for("01:00")
    page.wait_for_timeout(300)
    assert happened("stays") == ["stays GET"] * 3
    assert happened("lock") == []


def test_who_only_looks_or_moves_is_no_sign_of_typing(gallery, new_page):
    page = new_page()
    page.clock.install()
    page.goto(gallery + "/inbox/")
    page.locator("#reply").press("a")
    for minute in range(12):
        page.mouse.move(100 + minute, 100)
        page.clock.run_for("01:00")
    page.wait_for_timeout(300)
    assert happened("stays") == ["stays GET"]  # of the one key; then nobody types
    page.clock.run_for("10:10")
    page.wait_for_url("**/lock/")


def test_the_window_counts_down_and_closes_the_composer(gallery, new_page):
    page = new_page()
    page.clock.install()
    page.goto(gallery + "/inbox/?soon=1")
    clock, reply = page.locator("[data-until]"), page.locator("#reply")
    expect(reply).to_be_enabled()
    page.clock.run_for("00:55")
    expect(clock).to_have_text("window closes in 0 h 1 min")
    page.clock.run_for("01:10")
    expect(clock).to_have_text("the window is closed")
    expect(reply).to_be_disabled()
    assert reply.input_value() == "We know people who can help."


def test_keys_reach_what_they_name(gallery, new_page):
    page = new_page()
    page.goto(gallery + "/inbox/")
    page.keyboard.press("Alt+j")
    assert page.evaluate("document.activeElement.id") == "c2"
    page.keyboard.press("Alt+j")
    page.keyboard.press("Alt+k")
    assert page.evaluate("document.activeElement.id") == "c2"
    page.keyboard.press("Alt+r")
    assert page.evaluate("document.activeElement.id") == "reply"
    page.keyboard.type("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_one_jumps_by_name_and_the_name_stands_in_no_address(gallery, new_page):
    page = new_page()
    page.goto(gallery)
    page.keyboard.press("Control+k")
    page.keyboard.type("Achieng")
    page.keyboard.press("Enter")
    page.wait_for_url("**/jump/")
    assert happened("jump") == ["jump POST Achieng"]


def test_a_double_click_sends_once(gallery, new_page):
    page = new_page()
    page.goto(gallery + "/inbox/")
    page.evaluate(
        "(form => (form.requestSubmit(), form.requestSubmit()))(document.querySelector('.compose'))"
    )
    page.wait_for_load_state("networkidle")
    assert happened("POST /inbox/") == ["POST /inbox/"]


def test_a_filter_is_applied_when_chosen(gallery, new_page):
    page = new_page()
    page.goto(gallery + "/inbox/")
    page.locator("#whose").select_option("All")
    page.wait_for_url("**/inbox/?whose=All")


def test_the_first_thing_after_an_error_is_the_summary(gallery, new_page):
    page = new_page()
    page.goto(gallery)
    assert page.evaluate("document.activeElement.className") == "errors"
    page.locator(".errors a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_name"


@pytest.mark.parametrize("script", [True, False])
def test_exit_leaves_for_a_neutral_site(gallery, new_page, settings, script):
    page = new_page(width=360, java_script_enabled=script)
    page.route(settings.NYUMBANI_EXIT_URL, lambda route: route.fulfill(body="Weather"))
    page.goto(gallery + "/public/")
    page.get_by_text("Exit now").click()
    page.wait_for_url(settings.NYUMBANI_EXIT_URL)
    if script:
        for _ in range(100):  # the request that ends the session outlives the page that sent it
            if happened("leave"):
                break
            page.wait_for_timeout(30)
        assert happened("leave") == ["leave POST"]
        page.go_back()
        assert page.url == "about:blank"


def test_everything_needed_works_without_script(gallery, new_page):
    page = new_page(width=360, java_script_enabled=False)
    page.goto(gallery + "/inbox/")
    page.locator(".rail summary").click()
    page.get_by_role("button", name="العربية").click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.url.endswith("/inbox/")
    page.get_by_role("button", name="إخفاء").click()
    assert page.url.endswith("/lock/")


def test_focus_is_not_hidden_by_the_bar(gallery, new_page):
    page = new_page(width=360)
    page.goto(gallery)
    bar = page.locator(".rail").bounding_box()["y"]
    for _ in range(45):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(e => e.matches('body, .rail *') ? 0 : e.getBoundingClientRect().bottom)"
            "(document.activeElement)"
        )
        assert box <= bar + 1
