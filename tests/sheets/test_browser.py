"""The pages of lists as Chromium shows them: to everybody, at every width, without scripts too."""

import pytest
from django.urls import reverse

from nyumbani.domain.htcds.fields import fields
from nyumbani.people.models.persons import Person
from nyumbani.sheets.workbooks.writing import as_csv
from tests.browser import axe_violations, transfer_weights
from tests.desk.test_browser import STAFF_VIEW, opened
from tests.desk.world import case_with
from tests.sheets.brought import LIST, add, bring

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(tmp_path, wanjiku):
    """A list in every state a page can show."""
    case = case_with(wanjiku)
    add(bring(tmp_path, case, wanjiku), wanjiku)
    names = "الاسم,الهاتف\n" + "".join(f"ونجيرو {n},+2189123456{n}\n" for n in range(78, 99))
    doubled = LIST + b"Nafula Wekesa,,,,\n" * 30
    standard = as_csv([list(fields()), [f"{field.label} = x" for field in fields().values()]])
    rows = [
        bring(tmp_path, case, wanjiku, content, name)
        for content, name in (
            (names.encode("cp1256"), "قائمة.csv"), (doubled, "doubled.csv"),
            (standard, "standard.csv"), (b"%PDF-1.4", "none.xlsx"),
            ("Name\nAÃÂ\nbéc\nÇÈÉ\n".encode("cp1252"), "which.csv"),
        )
    ]  # fmt: skip
    return [
        reverse("sheets:bring", args=[case.pk]), reverse("desk:case", args=[case.pk, "sheets"]),
        *(reverse("sheets:sheet", args=[row.pk]) for row in rows),
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


def test_a_list_is_brought_in_and_its_people_are_added_without_scripts(
    live_server, new_page, wanjiku, tmp_path
):
    case = case_with(wanjiku)
    path = tmp_path / "callers.csv"
    path.write_bytes(LIST)
    page = opened(new_page, live_server, wanjiku, java_script_enabled=False)
    page.goto(live_server.url + reverse("sheets:bring", args=[case.pk]))
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("button", name="Read the columns so").click()
    assert page.get_by_text("Nafula Wekesa").first.is_visible()
    page.get_by_role("button", name="Add these people to the case").click()
    assert page.get_by_role("heading", name="People are being added").is_visible()
    assert Person.objects.count() == 0  # a worker adds them
