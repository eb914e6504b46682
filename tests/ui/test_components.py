"""The template tags: what stands in the page."""

import datetime as dt
import re

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from nyumbani.kit import clock
from nyumbani.ui.plots import Point

pytestmark = pytest.mark.pure

NOW = dt.datetime(2014, 7, 14, 6, 0, tzinfo=dt.UTC)


def show(source, **context):
    with clock.at(NOW):
        return Template("{% load ui %}" + source).render(Context(context))


class AskForm(forms.Form):
    name = forms.CharField(help_text="As she writes it herself.")
    safe = forms.ChoiceField(choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    agrees = forms.BooleanField()
    number = forms.CharField(required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    code = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("Nobody can be reached.")


def test_what_people_wrote_is_escaped_and_finds_its_own_direction():
    shown = show('{% tag "warn" "◆" label %}', label="<b>فاطمة</b>")
    assert "&lt;b&gt;" in shown
    assert 'dir="auto"' in shown


def test_a_tag_is_never_colour_alone():
    assert show('{% tag "danger" "▲" "P1" %}') == (
        '<span class="tag danger"><span aria-hidden="true">▲</span>'
        '<span dir="auto">P1</span></span>'
    )
    with pytest.raises(ValueError, match="no kind"):
        show('{% tag "mauve" "▲" "P1" %}')


def test_an_unknown_icon_is_noticed():
    assert "<path" in show('{% icon "inbox" %}')
    with pytest.raises(KeyError):
        show('{% icon "unicorn" %}')


def test_a_moment_carries_machine_time_full_date_and_age():
    shown = show("{% when moment %}", moment=NOW - dt.timedelta(hours=3))
    assert 'datetime="2014-07-14T03:00:00+00:00"' in shown
    assert "Monday, 14 July 2014" in shown
    assert "3 hours ago" in shown
    assert "ago" not in show("{% when moment age=False %}", moment=NOW - dt.timedelta(hours=3))
    assert "not known" in show("{% when None %}")


def test_time_left_is_right_before_any_script_runs():
    closes = NOW + dt.timedelta(hours=23, minutes=51)
    shown = show('{% until closes locks="#composer" %}', closes=closes)
    assert "window closes in 23 h 51 min</time>" in shown
    assert 'data-locks="#composer"' in shown
    assert ">the window is closed</time>" in show("{% until closes %}", closes=NOW - NOW.resolution)


def test_a_masked_number_shows_and_says_the_same():
    shown = show('{% masked "+218910000001" %}')
    assert "91000" not in shown
    assert "+218 ••• 01" in shown
    assert "+218 ends in 01" in shown


def test_a_field_is_tied_to_its_hint_and_its_error():
    form = AskForm({})
    shown = show("{% field form.name %}", form=form)
    assert '<label for="id_name">' in shown
    assert 'aria-describedby="id_name_hint id_name_error"' in shown
    assert 'id="id_name_hint"' in shown
    assert 'id="id_name_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'dir="auto"' in shown
    assert 'autocomplete="off"' in shown


def test_a_field_without_hint_or_error_points_nowhere():
    shown = show("{% field form.number %}", form=AskForm())
    assert "aria-describedby" not in shown
    assert "None" not in shown
    assert 'dir="ltr"' in shown
    assert "(optional)" in shown


def test_a_forms_own_autocomplete_is_kept():
    assert 'autocomplete="one-time-code"' in show("{% field form.code %}", form=AskForm())


def test_choices_are_a_group_with_a_legend():
    shown = show("{% field form.safe %}", form=AskForm({}))
    assert re.search(r'<fieldset\s+aria-describedby="id_safe_error"', shown)
    assert "<legend>Safe</legend>" in shown
    assert shown.count('class="choice"') == 2


def test_a_hidden_field_shows_nothing():
    assert show("{% field form.token %}", form=AskForm()).strip() == (
        '<input type="hidden" name="token" id="id_token">'
    )


def test_each_line_of_the_error_summary_leads_to_a_field_that_is_there():
    form = AskForm({})
    page = show("{% errors form %}{% for f in form %}{% field f %}{% endfor %}", form=form)
    targets = re.findall(r'<a href="#([^"]+)"', page)
    assert targets == ["id_name", "id_safe_0", "id_agrees"]
    assert all(f'id="{target}"' in page for target in targets)
    assert "Nobody can be reached." in page
    assert "There are problems" in page


def test_a_form_without_errors_has_no_summary():
    assert show("{% errors form %}", form=AskForm()).strip() == ""


def test_the_way_to_older_rows_keeps_the_filters():
    class Page:
        older = "abc:1"

    request = RequestFactory().get("/inbox/?owner=me&cursor=old")
    shown = show("{% older page %}", page=Page(), request=request)
    assert 'href="?owner=me&amp;cursor=abc%3A1"' in shown
    Page.older = None
    assert show("{% older page %}", page=Page(), request=request).strip() == ""


def test_a_plot_has_a_table_with_the_same_figures():
    points = [Point(dt.date(2014, 7, 14), 1, "<i>first</i>"), Point(dt.date(2014, 11, 30), 31)]
    shown = show('{% plot points "Growth" "People" %}', points=points)
    assert 'aria-label="Growth. 14 Jul: 1; 30 Nov: 31"' in shown
    rows = re.findall(r"<bdi>(.*?)</bdi>.*?<bdi>(\d+)</bdi>", shown, re.DOTALL)
    assert rows == [("14 Jul", "1"), ("30 Nov", "31")]
    assert "&lt;i&gt;first" in shown
    assert "<details>" in shown


def test_a_plot_is_drawn_with_whole_numbers_in_every_language():
    points = [Point(dt.date(2014, 7, n), n * 1001) for n in range(1, 30)]
    for language in ("en", "sw", "ar"):
        with translation.override(language):
            shown = show('{% plot points "Growth" %}', points=points)
        places = re.findall(r'\b(?:x|y|d)="([^"]*)"', shown)
        assert len(places) > 2
        assert all(re.fullmatch(r"[MHV\d -]+", place) for place in places)


def test_a_plot_of_nothing_says_so():
    assert "Nothing to draw yet." in show('{% plot points "Growth" %}', points=[])


def test_a_summary_list_isolates_what_people_wrote():
    shown = show("{% facts pairs %}", pairs=[("Reporter", "فاطمة")])
    assert shown == (
        '<dl class="facts"><div><dt>Reporter</dt><dd><span dir="auto">فاطمة</span></dd></div></dl>'
    )


def test_sizes_and_faces():
    assert "1.2 MB" in show("{% bytes n %}", n=1_234_567)
    assert ">AO<" in show("{% initials name %}", name="Achieng Otieno")
    assert "<svg" in show("{% initials name %}", name="")
