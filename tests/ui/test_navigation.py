"""Doors that rooms add, and what a page makes of them."""

import pytest
from django.test import RequestFactory

from nyumbani.ui import navigation

pytestmark = pytest.mark.pure


def links(path):
    return navigation.links(RequestFactory().get(path))


def test_doors_stand_in_order_and_the_present_one_is_marked(house):
    assert [str(link.label) for link in links("/")] == [
        "Today", "Inbox", "Cases", "Partners", "My account",
    ]  # fmt: skip
    assert [link.label for link in links("/") if link.current] == ["Today"]


def test_a_page_below_a_door_belongs_to_it_and_not_to_the_front_page(house):
    assert [link.label for link in links("/inbox/01J/")] == [link.label for link in links("/")]
    assert [link.label for link in links("/inbox/01J/") if link.current] == ["Inbox"]


def test_a_page_of_no_room_marks_nothing(house):
    assert [link.label for link in links("/elsewhere/") if link.current] == []


def test_a_door_is_not_shown_to_whom_it_does_not_concern(house):
    navigation.register(
        25, "Ledger", "cases", "ledger", may_see=lambda request: "key" in request.GET
    )
    assert "Ledger" not in [link.label for link in links("/")]
    assert "Ledger" in [link.label for link in links("/?key=1")]


def test_a_door_needs_an_icon_that_exists(house):
    with pytest.raises(ValueError, match="no icon"):
        navigation.register(5, "Nowhere", "today", "unicorn")


def test_a_banner_is_laid_once(house):
    navigation.add_banner("drill/banner.html")
    navigation.add_banner("drill/banner.html")
    assert navigation.banners() == ["drill/banner.html"]
