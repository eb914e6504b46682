"""What can be read off the files: weights, directions, no code in pages."""

import re
from pathlib import Path

import pytest

import nyumbani.ui

pytestmark = pytest.mark.pure

UI = Path(nyumbani.ui.__file__).parent
STYLES = (UI / "static/ui/look.css").read_text()
SCRIPT = (UI / "static/ui/ui.js").read_text()
TEMPLATES = sorted((UI / "templates").rglob("*.html"))
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|inset)-(left|right|top|bottom)|left|right|top|bottom"
    r"|(min-|max-)?(width|height)|float|clear)\s*:|(text-align|justify-\w+|float)\s*:\s*(left|right)"
)
CODE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|\|safe\b|autoescape off")


def test_styles_and_script_keep_their_weight():
    assert len(STYLES.encode()) <= 12_000
    assert len(SCRIPT.encode()) <= 4_000


def test_styles_know_no_left_and_right():
    rules = re.sub(r"@media\([^)]*\)", "", STYLES)
    assert [m.group() for m in PHYSICAL.finditer(rules)] == []


def test_physical_rules_would_be_noticed():
    for rule in ("margin-left:1px", "{width:3px}", "text-align: right", ";top:0"):
        assert PHYSICAL.search(rule), rule


def test_styles_fetch_nothing():
    assert "url(" not in STYLES
    assert "@import" not in STYLES


@pytest.mark.parametrize("theme", ["dark", "print", "reduced-motion", "forced-colors"])
def test_styles_speak_to_every_kind_of_reader(theme):
    assert re.search(rf"@media[^{{]*{theme}", STYLES)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(UI).as_posix())
def test_templates_hold_no_code(path):
    assert not CODE.search(path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(UI).as_posix())
def test_every_word_shown_can_be_translated(path):
    text = re.sub(
        r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", path.read_text(), flags=re.DOTALL
    )
    text = re.sub(r"{% block root %}.*?{% endblock %}", "", text)
    text = re.sub(r"<kbd>.*?</kbd>|<bdi class=\"mark\".*?</bdi>|· Nyumbani", "", text)
    shown = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", " ", text, flags=re.DOTALL)
    assert re.findall(r"[^\W\d_]{2,}", shown) == []


def test_the_script_opens_no_other_doors():
    assert "eval" not in SCRIPT
    assert "localStorage" not in SCRIPT
    assert "http" not in SCRIPT
