"""Words are found, kept, compiled, and none of this room's is left untranslated."""

import gettext
import io
import re

import pytest

from nyumbani.ui import catalogues

pytestmark = pytest.mark.pure

PAGE = """{% load i18n %}<p title="{% translate 'It"s here' %}">it's not a call: gettext("no")
{% blocktranslate trimmed count n=n with x=y %}
  one {{ n }} thing's
{% plural %}
  many {{ n }} of {{ x }}
{% endblocktranslate %}
{% translate "May" context "month" %} {{ name|default:_("nobody's name") }}
{# a remark #}{% comment %}{% translate "left out" %}{% endcomment %}
"""
MODULE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("Save " "all")
B = ngettext("%(n)s woman", "%(n)s women", 3)
C = pgettext("verb", "Call")
"""


@pytest.fixture
def house(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/page.html").write_text(PAGE)
    (tmp_path / "a/words.py").write_text(MODULE)
    (tmp_path / "a/migrations").mkdir()
    (tmp_path / "a/migrations/0001.py").write_text('_("old")')
    return tmp_path


def found(house):
    return {(message.id, message.context) for message in catalogues.collect(house) if message.id}


def test_words_are_found_in_pages_and_modules(house):
    assert found(house) == {
        ('It"s here', None),
        (("one %(n)s thing's", "many %(n)s of %(x)s"), None),
        ("May", "month"),
        ("nobody's name", None),
        ("Save all", None),
        (("%(n)s woman", "%(n)s women"), None),
        ("Call", "verb"),
    }


def test_translations_are_kept_and_forgotten_words_dropped(house):
    first = catalogues.updated(catalogues.load("sw", house / "locale"), catalogues.collect(house))
    first["Save all"].string = "Hifadhi vyote"
    file = catalogues.po_file("sw", house / "locale")
    file.parent.mkdir(parents=True)
    file.write_bytes(catalogues.as_po(first))
    (house / "a/page.html").write_text("{% load i18n %}{% translate 'New' %}")
    second = catalogues.updated(catalogues.load("sw", house / "locale"), catalogues.collect(house))
    assert second["Save all"].string == "Hifadhi vyote"
    assert "May" not in [message.id for message in second]
    assert [m.id for m in catalogues.missing(second)].count("New") == 1
    assert "Save all" not in [m.id for m in catalogues.missing(second)]


def test_a_plural_with_an_empty_form_is_not_translated(house):
    catalog = catalogues.updated(catalogues.load("ar", house / "x"), catalogues.collect(house))
    message = catalog[("%(n)s woman", "%(n)s women")]
    message.string = ("a", "b", "c", "d", "e", "")
    assert message in catalogues.missing(catalog)
    message.string = ("a", "b", "c", "d", "e", "f")
    assert message not in catalogues.missing(catalog)


def test_the_command_names_what_is_missing_and_writes_only_when_asked(house, capsys):
    locale = house / "locale"
    assert catalogues.main(["--check"], house, locale) == 1
    assert not locale.exists()
    assert catalogues.main([], house, locale) == 1
    assert "sw: not translated: 'Save all'" in capsys.readouterr().out
    for language in catalogues.LANGUAGES:
        file = catalogues.po_file(language, locale)
        catalog = catalogues.load(language, locale)
        for message in catalog:
            forms = catalog.num_plurals if isinstance(message.id, tuple) else 0
            message.string = ("x",) * forms or message.string or "x"
        file.write_bytes(catalogues.as_po(catalog))
    assert catalogues.main(["--check"], house, locale) == 1  # the compiled files are stale
    assert catalogues.main([], house, locale) == 0
    assert catalogues.main(["--check"], house, locale) == 0


def test_a_file_changes_only_with_its_words(house):
    catalog = catalogues.updated(catalogues.load("sw", house / "x"), catalogues.collect(house))
    once = catalogues.as_po(catalog)
    file = catalogues.po_file("sw", house / "x")
    file.parent.mkdir(parents=True)
    file.write_bytes(once)
    again = catalogues.updated(catalogues.load("sw", house / "x"), catalogues.collect(house))
    assert catalogues.as_po(again) == once


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_what_is_compiled_says_what_translators_wrote(language):
    compiled = gettext.GNUTranslations(
        io.BytesIO(catalogues.po_file(language).with_suffix(".mo").read_bytes())
    )
    catalog = catalogues.load(language)
    said = [m for m in catalog if m.id and isinstance(m.id, str) and m.string and not m.context]
    assert len(said) > 20
    assert [compiled.gettext(m.id) for m in said] == [m.string for m in said]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_this_rooms_words_are_all_translated(language):
    catalog = catalogues.updated(catalogues.load(language), catalogues.collect())
    ours = [
        message.id
        for message in catalogues.missing(catalog)
        if any(place.startswith("ui/") for place, _ in message.locations)
    ]
    assert ours == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_places_in_sentences_survive_translation(language):
    for message in catalogues.load(language):
        if isinstance(message.id, str) and message.id and message.string:
            places = re.compile(r"%\(\w+\)s|\{\w+\}")
            assert set(places.findall(message.id)) == set(places.findall(message.string))
