"""What came in and was not understood: whole, shown, never dropped."""

import pytest

from nyumbani.audit.models import Entry
from tests.desk.world import at_desk, odd_item

pytestmark = pytest.mark.django_db


def test_nobody_sees_it_before_signing_in(client):
    assert client.get("/inbox/odd/")["Location"].startswith("/sign-in/")


def test_only_those_who_answer_the_inbox_see_what_is_nobodys(wanjiku, otieno, amina, mutiso):
    item = odd_item("a poll")
    for staff in (wanjiku, otieno):
        assert "a type we do not know" in at_desk(staff).get("/inbox/odd/").content.decode()
    assert "a type we do not know" not in at_desk(amina).get("/inbox/odd/").content.decode()
    assert at_desk(mutiso).get("/inbox/odd/").status_code == 404
    for staff in (amina, mutiso):
        assert at_desk(staff).post(f"/odd/{item.pk}/settle/").status_code == 404


def test_the_item_is_there_whole_but_read_only_on_purpose(wanjiku):
    odd_item("<b>ساعدوني</b>")
    page = at_desk(wanjiku).get("/inbox/odd/").content.decode()
    assert "&lt;b&gt;ساعدوني&lt;/b&gt;" in page
    assert page.index("<details>\n") < page.index("ساعدوني")


def test_what_was_looked_at_is_gone_from_the_page(wanjiku):
    item = odd_item()
    desk = at_desk(wanjiku)
    answered = desk.post(f"/odd/{item.pk}/settle/", follow=True)
    assert "was understood, or looked at." in answered.content.decode()


def test_looking_is_written_down_and_an_empty_page_is_not(wanjiku):
    desk = at_desk(wanjiku)
    desk.get("/inbox/odd/")
    assert not Entry.objects.filter(verb="odd.seen").exists()
    odd_item()
    desk.get("/inbox/odd/")
    assert Entry.objects.filter(verb="odd.seen").count() == 1


def test_many_are_read_in_pages(wanjiku):
    for n in range(23):
        odd_item(f"item {n}")
    desk = at_desk(wanjiku)
    page = desk.get("/inbox/odd/").context["page"]
    rest = desk.get(f"/inbox/odd/?cursor={page.older}").context["page"]
    assert (len(page.items), len(rest.items), rest.older) == (20, 3, None)
