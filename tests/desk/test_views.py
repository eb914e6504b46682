"""What the list shows: filters, views somebody keeps, and who is in danger first."""

import pytest
from django.db import IntegrityError, transaction

from nyumbani.accounts.terms import Role
from nyumbani.audit.models import Entry
from nyumbani.cases.terms import Urgency
from nyumbani.inbox.actions import labels, work
from nyumbani.inbox.actions.views import MOST
from nyumbani.inbox.models.attention import SavedView
from nyumbani.inbox.queries.sieve import Sieve
from nyumbani.inbox.terms import Order, Show
from tests.desk.world import (
    MINUTE,
    MONDAY,
    alarm,
    at_desk,
    case_with,
    hear,
    label,
    messenger,
    somebody,
    view,
)
from tests.people_here import actor, new_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def listed(desk, address="/inbox/"):
    return [row.called.name for row in desk.get(address).context["list"].page.items]


def three():
    found = [somebody(name) for name in ("Rehema", "Achieng")] + [
        somebody("Zawadi", account=messenger())
    ]
    for n, thread in enumerate(found):
        hear(thread, "Help", at=MONDAY - n * MINUTE)
    return found


# filters


def test_the_list_is_filtered_by_channel_language_and_who_answers(wanjiku, otieno):
    rehema, achieng, _zawadi = three()
    achieng.person.languages = ["luo", "sw"]
    achieng.person.save()
    work.assign(thread=rehema, to=otieno, by=actor(wanjiku))
    desk = at_desk(wanjiku)
    assert listed(desk, "/inbox/?channel=messenger") == ["Zawadi"]
    assert listed(desk, "/inbox/?channel=whatsapp") == ["Rehema", "Achieng"]
    assert listed(desk, "/inbox/?language=sw") == ["Achieng"]
    assert listed(desk, "/inbox/?language=lu") == ["Rehema", "Achieng", "Zawadi"]
    assert listed(desk, f"/inbox/?answers={otieno.pk}") == ["Rehema"]
    assert listed(desk, "/inbox/?channel=messenger&language=sw") == []


def test_a_filter_opens_nobody_to_another_team(wanjiku, kamau):
    case_with(wanjiku, *three())
    assert listed(at_desk(kamau), "/inbox/?channel=whatsapp&order=urgent") == []


def test_the_page_of_filters_leads_to_the_list(wanjiku):
    three()
    answered = at_desk(wanjiku).post("/inbox/views/", {"show": "waiting", "channel": "messenger"})
    assert answered["Location"] == "/inbox/?show=waiting&channel=messenger"
    assert not SavedView.objects.exists()


# danger first


def test_an_alarm_and_danger_stand_first_and_are_marked(wanjiku):
    rehema, achieng, zawadi = three()
    case_with(wanjiku, achieng, urgency=Urgency.NOW)
    alarm(hear(zawadi, "mango", at=MONDAY - 5 * MINUTE))
    desk = at_desk(wanjiku)
    assert listed(desk) == ["Zawadi", "Achieng", "Rehema"]
    page = desk.get("/inbox/").content.decode()
    assert "duress word" in page
    assert '<span class="tag danger"><span aria-hidden="true">▲</span>' in page
    assert dict(desk.get("/inbox/").context["list"].chips)["danger"].count == 2
    assert listed(desk, "/inbox/?show=danger") == ["Zawadi", "Achieng"]
    assert rehema.person_id not in desk.get("/inbox/?show=danger").content.decode()


def test_ordered_by_urgency_danger_far_down_comes_first_and_nothing_stands_twice(wanjiku):
    for n in range(55):
        hear(somebody(f"Woman {n}"), "Help", at=MONDAY - n * MINUTE)
    far = somebody("Achieng")
    hear(far, "Help", at=MONDAY - 99 * MINUTE)
    case_with(wanjiku, far, urgency=Urgency.NOW)
    desk = at_desk(wanjiku)
    assert "Achieng" not in listed(desk)
    first = desk.get("/inbox/?order=urgent").context["list"].page
    names = [row.called.name for row in first.items]
    assert names[:2] == ["Achieng", "Woman 0"]
    names += listed(desk, f"/inbox/?order=urgent&cursor={first.older}")
    assert len(names) == len(set(names)) == 56


def test_more_in_danger_than_a_page_holds_are_walked_before_the_rest(wanjiku):
    threads = [somebody(f"Woman {n}") for n in range(52)]
    for n, thread in enumerate(threads):
        hear(thread, "Help", at=MONDAY - n * MINUTE)
    case_with(wanjiku, *threads, urgency=Urgency.NOW)
    calm = somebody("Zawadi")
    hear(calm, "Habari", at=MONDAY)
    desk = at_desk(wanjiku)
    first = desk.get("/inbox/?order=urgent").context["list"].page
    assert "Zawadi" not in [row.called.name for row in first.items]
    rest = listed(desk, f"/inbox/?order=urgent&cursor={first.older}")
    assert rest == ["Woman 50", "Woman 51", "Zawadi"]


# views


def test_a_view_is_kept_and_stands_among_the_chips(wanjiku, otieno):
    rehema, *_ = three()
    word = label("Call back", otieno)
    labels.put_on(label=word, thread=rehema, by=actor(wanjiku))
    desk = at_desk(wanjiku)
    given = {"show": "waiting", "label": word.pk, "order": "urgent", "name": "To call"}
    kept = desk.post("/inbox/views/", given)
    page = desk.get(kept["Location"])
    assert [row.called.name for row in page.context["list"].page.items] == ["Rehema"]
    assert "To call" in page.content.decode()
    assert page.context["list"].sieve == Sieve(Show.WAITING, Order.URGENT, word.pk)
    assert Entry.objects.filter(verb="view.kept").count() == 1


def test_its_poll_keeps_the_view(wanjiku):
    three()
    mine = view("Page", wanjiku, Sieve(channel="messenger"))
    desk = at_desk(wanjiku)
    shown = desk.get(f"/inbox/?view={mine.pk}").context["list"]
    since = f"/inbox/news/?{shown.query}&since={shown.stamp}"
    assert desk.get(since).status_code == 204


def test_the_view_that_opens_first_opens_the_inbox_and_all_is_a_click_away(wanjiku, otieno):
    three()
    view("Page", wanjiku, Sieve(channel="messenger"), is_default=True)
    desk = at_desk(wanjiku)
    assert listed(desk) == ["Zawadi"]
    assert listed(desk, "/inbox/?show=all") == ["Rehema", "Achieng", "Zawadi"]
    assert listed(at_desk(otieno)) == ["Rehema", "Achieng", "Zawadi"]


def test_only_one_opens_first(wanjiku):
    one = view("One", wanjiku, is_default=True)
    other = view("Other", wanjiku, is_default=True)
    assert list(SavedView.objects.filter(is_default=True)) == [other]
    at_desk(wanjiku).post(f"/inbox/views/{one.pk}/", {"first": "yes"})
    assert list(SavedView.objects.filter(is_default=True)) == [one]
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.update(is_default=True)


def test_a_shared_view_shows_each_only_their_own(wanjiku, kamau):
    shared = view("Page", wanjiku, Sieve(channel="messenger"), is_shared=True)
    view("Kept to herself", wanjiku)
    case_with(wanjiku, three()[2])
    page = at_desk(kamau).get(f"/inbox/?view={shared.pk}")
    assert page.context["list"].page.items == []
    assert "Page" in page.content.decode()
    assert "Kept to herself" not in page.content.decode()


def test_a_view_that_is_not_shared_is_nobodys_but_its_keepers(wanjiku, kamau):
    mine = view("Mine", wanjiku, Sieve(channel="messenger"))
    three()
    assert listed(at_desk(kamau), f"/inbox/?view={mine.pk}") == ["Rehema", "Achieng", "Zawadi"]
    assert at_desk(kamau).post(f"/inbox/views/{mine.pk}/", {"drop": "yes"}).status_code == 404
    assert SavedView.objects.exists()


def test_a_view_whose_label_vanished_says_so_and_hides_nobody(wanjiku, otieno):
    three()
    word = label("Call back", otieno)
    mine = view("To call", wanjiku, Sieve(label=word.pk))
    desk = at_desk(wanjiku)
    assert listed(desk, f"/inbox/?view={mine.pk}") == []
    labels.end_label(label=word, by=actor(otieno))
    assert listed(desk, f"/inbox/?view={mine.pk}") == ["Rehema", "Achieng", "Zawadi"]
    page = desk.get(f"/inbox/?view={mine.pk}").content.decode()
    assert "The label of this view is gone" in page


def test_a_view_is_let_go(wanjiku):
    mine = view("Mine", wanjiku, is_shared=True)
    at_desk(wanjiku).post(f"/inbox/views/{mine.pk}/", {"drop": "yes"})
    assert not SavedView.objects.exists()


def test_nobody_keeps_more_than_a_dozen(wanjiku):
    for n in range(MOST):
        view(f"View {n}", wanjiku)
    page = at_desk(wanjiku).post("/inbox/views/", {"show": "all", "name": "One more"})
    assert "You keep twelve views." in page.content.decode()
    assert SavedView.objects.count() == MOST


def test_its_name_lies_sealed(wanjiku):
    mine = view("Zuwara", wanjiku)
    stored = SavedView.objects.filter(pk=mine.pk).values_list("name", flat=True)[0]
    assert b"Zuwara" not in bytes(stored)


def test_who_reads_no_case_keeps_no_view(mutiso):
    assert at_desk(mutiso).get("/inbox/views/").status_code == 404
    assert at_desk(mutiso).post("/inbox/views/", {"show": "all", "name": "x"}).status_code == 404


def test_only_coordinators_are_led_to_the_labels(wanjiku, otieno):
    assert "/inbox/labels/" in at_desk(otieno).get("/inbox/views/").content.decode()
    assert "/inbox/labels/" not in at_desk(wanjiku).get("/inbox/views/").content.decode()


# what it costs


def test_the_inbox_asks_at_most_ten_queries_besides_signing_in(
    wanjiku, otieno, django_assert_max_num_queries
):
    threads = [somebody(f"Woman {n}") for n in range(20)]
    for n, thread in enumerate(threads):
        hear(thread, "Help", at=MONDAY - n * MINUTE)
    view("Page", wanjiku)
    desk = at_desk(wanjiku)
    desk.get("/inbox/")
    signing_in, keys = 3, 1
    with django_assert_max_num_queries(10 + signing_in + keys):
        desk.get("/inbox/")


def test_labels_cost_one_query_for_all(wanjiku, otieno, django_assert_max_num_queries):
    threads = three()
    word = label("Call back", otieno)
    desk = at_desk(wanjiku)
    labels.put_on(label=word, thread=threads[0], by=actor(wanjiku))
    desk.get("/inbox/")
    with django_assert_max_num_queries(20) as one:
        desk.get("/inbox/")
    for thread in threads[1:]:
        labels.put_on(label=word, thread=thread, by=actor(wanjiku))
    with django_assert_max_num_queries(len(one)):
        desk.get("/inbox/")


def test_a_role_without_the_inbox_filters_its_own_cases(wanjiku):
    akinyi = new_staff("akinyi", "Akinyi", Role.LEGAL_OFFICER)
    three()
    assert listed(at_desk(akinyi), "/inbox/?channel=whatsapp") == []
