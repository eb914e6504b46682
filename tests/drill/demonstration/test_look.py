"""The demonstration's pages in a browser: readable by everybody, light, nothing from elsewhere."""

import itertools

import pytest

from nyumbani.drill.script.acts import FIRST_STEPS, STEPS
from tests.browser import axe_violations, transfer_weights

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.slow,
]
PAGES = ("/demo/", "/demo/phones/", "/demo/phones/nafula/")
ACT_ONE = FIRST_STEPS[1]  # how many steps the first act has
HEAVIEST = 60_000  # bytes over the wire at the first visit


@pytest.fixture
def played(visitor):
    """The act half played, with all kinds of messages on one phone."""
    visitor.press("/demo/", "/demo/play/", to="14")
    for deed in ("photo", "place"):
        visitor.press("/demo/phones/nafula/", "/demo/phones/nafula/do/", deed=deed)
    visitor.press("/demo/phones/nafula/", "/demo/phones/nafula/write/", text="مرحبا، habari 😢")
    return visitor


@pytest.fixture
def open_as(played, new_page, live_server):
    """A page of the visitor's own session, at a width, in a language."""

    def make(width, lang, **more):
        page = new_page(width=width, lang=lang, **more)
        page.context.add_cookies(
            [
                {"name": cookie.name, "value": cookie.value, "url": live_server.url}
                for cookie in played.http.cookies.jar
            ]
        )
        return page

    return make


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_pages_are_light_readable_and_fetch_nothing_elsewhere(open_as, live_server, lang):
    for width, path in itertools.product((360, 1280), PAGES):
        page = open_as(width, lang)  # a first visit each time
        weights = transfer_weights(page)
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        assert weights.total <= HEAVIEST, weights.of
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.documentElement.dir") == ("rtl" if lang == "ar" else "ltr")
        assert weights.foreign == set()
        assert axe_violations(page) == []


def test_the_slider_plays_the_story_with_the_keyboard_and_without_scripts(open_as, live_server):
    page = open_as(360, "en", java_script_enabled=False)
    page.goto(f"{live_server.url}/demo/")
    slider = page.get_by_role("slider")
    assert slider.input_value() == "14"
    slider.focus()
    page.keyboard.press("End")
    assert slider.input_value() == str(len(STEPS))
    for _ in range(len(STEPS) - ACT_ONE):  # back to the end of the first act
        page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Play to the slider").click()
    here = page.get_by_text(f"Step {ACT_ONE} of {len(STEPS)}")
    assert here.is_visible()
    page.get_by_role("slider").fill("3")
    page.get_by_role("button", name="Play to the slider").click()
    assert page.get_by_text("cannot be undone. Start again to see").is_visible()
    assert here.is_visible()


def test_what_staff_answer_appears_on_the_phone_by_itself(open_as, live_server, played):
    from nyumbani.inbox.models.messages import Message

    page = open_as(360, "en")
    page.goto(f"{live_server.url}/demo/phones/nafula/")
    person = Message.objects.filter(content="voice").first().conversation.person_id
    thread = f"/inbox/{person}/"
    played.press(thread, f"{thread}reply/", text="Tumepata picha yako.")
    page.get_by_role("log").get_by_text("Tumepata picha yako.").wait_for(timeout=20_000)
