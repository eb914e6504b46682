"""The pages of chats as Chromium shows them: to everybody, at every width, without scripts too."""

import datetime as dt

import pytest
from django.urls import reverse

from nyumbani.chats import reader
from nyumbani.chats.models import ChatExport, ChatLine
from nyumbani.chats.terms import ExportState
from nyumbani.drill.exports.telephone import Event
from tests.browser import axe_violations, transfer_weights
from tests.chats.brought import BEGAN, TITLE, bring, everything_in, read, text_of, told, zip_of
from tests.desk.test_browser import STAFF_VIEW, opened
from tests.desk.world import case_with, somebody
from tests.people_here import actor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OPEN = b"03/04/2014, 06:15 - Amina: a\n03/04/2014, 06:16 - Amina: b\n"


@pytest.fixture
def pages(tmp_path, wanjiku):
    """A chat in every state a page can show."""
    by = actor(wanjiku)
    case = case_with(wanjiku)
    things = everything_in(tmp_path, case=case, by=by)
    somebody("Amina", number="218910000001")
    back = Event(BEGAN - dt.timedelta(hours=2), "فاطمة", text="هو أخذ جوازي\n[1/2/14, 5:06] B: c")
    doubts = read(tmp_path, b"torn\n" + text_of([*told(70), back]), by=by)
    exports = [
        read(tmp_path, OPEN, by=by), read(tmp_path, b"no chat", by=by),
        bring(tmp_path, text_of(told(3)), by=by).export,
        ChatExport.objects.get(pk=things["export"]),
    ]  # fmt: skip
    chat, sender = things["chat"], things["sender"]
    return [
        "/chats/", "/chats/bring/", f"/cases/{case.pk}/chats/",
        *(reverse("chats:export", args=[one.pk]) for one in exports),
        *(reverse("chats:chat", args=[one]) for one in (chat, doubts.chat.pk)),
        *(reverse("chats:people", args=[one]) for one in (chat, doubts.chat.pk)),
        reverse("chats:say-who", args=[chat, sender]),
    ]  # fmt: skip


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_page_is_open_to_everybody_light_and_fits(
    live_server, new_page, wanjiku, pages, lang, width
):
    page = opened(new_page, live_server, wanjiku, lang=lang, width=width)
    weights, found = transfer_weights(page), {}
    for address in pages:
        page.goto(live_server.url + address)
        assert axe_violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found[address], weights.of = weights.total, {}
    assert weights.foreign == set()
    assert max(found.values()) < STAFF_VIEW


def test_without_scripts_a_chat_is_brought_in_asked_about_and_a_name_told(
    live_server, new_page, wanjiku, tmp_path
):
    path = tmp_path / f"WhatsApp Chat with {TITLE}.zip"
    path.write_bytes(zip_of(OPEN))
    page = opened(new_page, live_server, wanjiku, width=360, java_script_enabled=False)
    page.goto(live_server.url + "/chats/")
    page.get_by_role("link", name="Bring a chat in").click()
    page.get_by_label("Where the telephone was").select_option("Africa/Tripoli")
    page.get_by_label("File of").set_input_files(path)
    page.get_by_role("button", name="Bring it in").click()
    reader.read(ChatExport.objects.get().pk)
    page.get_by_role("link", name="Look again").click()
    page.get_by_label("4 March 2014").check()
    page.get_by_role("button", name="Read it so").click()
    reader.read(ChatExport.objects.get().pk)
    page.get_by_role("link", name="Look again").click()
    assert ChatExport.objects.get().state == ExportState.DONE
    assert {one.sent_at.month for one in ChatLine.objects.all()} == {3}
    page.get_by_role("link", name="Who is who").click()
    page.get_by_role("link", name="This is").click()
    page.get_by_role("button", name="Write it down").click()
    assert page.get_by_role("link", name="P-1 Amina").count() == 1
    page.get_by_role("button", name="Take back").click()
    assert page.get_by_role("link", name="P-1 Amina").count() == 0
