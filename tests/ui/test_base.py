"""The frame around every page, in every language, and the pages that tell nothing."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils import translation

from nyumbani.ui import navigation

pytestmark = pytest.mark.pure

WORDS = {"en": ("ltr", "Hide", "Exit now"), "sw": ("ltr", "Ficha", "Ondoka sasa"),
         "ar": ("rtl", "إخفاء", "اخرج الآن")}  # fmt: skip


@pytest.mark.parametrize("language", WORDS)
def test_the_frame_speaks_the_readers_language(visitor, language):
    direction, hide, leave = WORDS[language]
    page = visitor.get("/", headers={"accept-language": language}).content.decode()
    assert re.search(rf'<html lang="{language}"\s+dir="{direction}"', page)
    assert hide in page
    assert leave in visitor.get("/public/", headers={"accept-language": language}).content.decode()


def test_a_page_has_one_title_one_main_and_a_way_past_the_rail(visitor):
    page = visitor.get("/").content.decode()
    assert re.findall(r"<title>(.*?)</title>", page) == ["Gallery · Nyumbani"]
    assert page.count("<main ") == 1
    assert page.index('href="#main"') < page.index('class="rail"') < page.index('id="main"')


def test_the_present_door_is_marked(visitor):
    page = visitor.get("/inbox/").content.decode()
    rail = page[page.index("<nav") : page.index("</nav>")]
    assert re.findall(r'href="([^"]+)"\s+aria-current="page"', rail) == ["/inbox/"]


def test_hide_posts_to_the_lock_with_its_token(visitor):
    page = visitor.get("/").content.decode()
    form = re.search(r'<form method="post" action="/lock/" data-hide>(.*?)</form>', page, re.DOTALL)
    assert form
    assert "csrfmiddlewaretoken" in form.group(1)


@override_settings(ROOT_URLCONF="nyumbani.ui.urls")
def test_where_rooms_are_missing_their_doors_are_left_out(house):
    with override_settings(ROOT_URLCONF="nyumbani.ui.urls"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(navigation, "_doors", {})
        page = render_to_string("ui/base.html", request=RequestFactory().get("/"))
    assert "data-hide" not in page
    assert "/jump/" not in page
    assert 'id="jump"' in page


def test_the_language_is_changed_and_one_stays_where_one_was(visitor):
    answer = visitor.post("/language/", {"language": "ar", "next": "/inbox/?here=list"})
    assert answer.status_code == 302
    assert answer["Location"] == "/inbox/?here=list"
    assert 'dir="rtl"' in visitor.get("/inbox/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:x"])
def test_changing_the_language_leads_nobody_off_site(visitor, elsewhere):
    answer = visitor.post("/language/", {"language": "sw", "next": elsewhere})
    assert answer["Location"] == "/"


def test_words_sought_are_posted_and_stand_in_no_address(visitor):
    page = visitor.get("/").content.decode()
    form = re.search(r'<form[^>]*action="/jump/"[^>]*>', page)
    assert form
    assert 'method="post"' in form.group()


def test_the_demonstration_says_what_it_is_on_every_page(visitor):
    assert "invented" not in visitor.get("/").content.decode()
    with override_settings(NYUMBANI_DEMO=True):
        for path in ("/", "/public/"):
            assert "Everybody here is invented" in visitor.get(path).content.decode()


def test_a_room_can_lay_a_banner_over_every_page(visitor):
    navigation.add_banner("ui/banner.html")
    assert "Everybody here is invented" in visitor.get("/").content.decode()


def test_exit_is_a_plain_link_that_tells_the_next_site_nothing(visitor, settings):
    page = visitor.get("/public/").content.decode()
    link = re.search(r"<a class=\"btn danger\".*?>", page, re.DOTALL)
    assert link
    assert f'href="{settings.NYUMBANI_EXIT_URL}"' in link.group()
    assert 'rel="noreferrer"' in link.group()


def test_not_there_and_not_yours_read_the_same(visitor):
    answer = visitor.get("/cases/01J00000000000000000000000/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "We say the same in both cases" in page
    assert "01J0" not in page
    assert "Inbox" not in page  # no navigation: the answer is the same for staff and strangers


@pytest.mark.parametrize("status", ["400", "403", "404", "500", "503", "403_csrf"])
@pytest.mark.parametrize("language", WORDS)
def test_pages_that_tell_nothing_need_no_request_and_no_database(status, language):
    with translation.override(language):
        page = render_to_string(f"{status}.html", {"exception": "Rehema", "reason": "Rehema"})
    assert "Rehema" not in page
    assert re.search(rf'<html lang="{language}"\s+dir="{WORDS[language][0]}"', page)
    assert page.count("<h1>") == 1


def test_a_form_without_its_token_is_refused_kindly(house):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "sw"})
    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()
