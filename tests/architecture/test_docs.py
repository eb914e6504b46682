"""The documents tell the truth: whatever they name is there.

Links, files, tests, addresses of pages, make targets, commands with their options, settings,
translated words. What a sentence claims, nobody can check but a reader.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
import typer
from django.urls import URLResolver, get_resolver

from nyumbani.cli.app import app
from nyumbani.config.environment import Environment
from nyumbani.ui import catalogues

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```[^\n]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
FILE = re.compile(
    r"(?<![\w/.])((?:src|tests|bench|docs|requirements|\.ci)/[\w/.*<>-]+)(?:::(\w+))?"
)
PAGE = re.compile(
    r"(?<![\w:/])(desk|cases|inbox|accounts|drill|chats|broadcasts|watch|sheets):([a-z][a-z_-]+)\b"
)
MAKE = re.compile(r"(?:^|[\s(])make ([a-z][a-z-]*)")
# As a command, not as the name of an account, a folder or a service.
OURS = re.compile(r"(?:^|[|&;] *|^\$ |\S*bin/)nyumbani((?:[ \t]+[^\s#|;&)]+)*)")
SETTING = re.compile(r"NYUMBANI_[A-Z_]+")
HOSTS_OF_PACKAGES = re.compile(r"p[y]pi\.|python[h]osted|npm[j]s|crates\.i[o]", re.IGNORECASE)
SOMEBODYS_FOLDER = re.compile(r"/(?:home|Users|root)/\w|[A-Z]:\\")


def name(path):
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(params=DOCUMENTS, ids=name)
def document(request):
    return request.param


def code_in(path):
    """What stands between backticks or in a block: what a reader would type or open."""
    return [block or span for block, span in CODE.findall(path.read_text())]


def lines_of_code(path):
    for code in code_in(path):
        # A line that ends in a backslash goes on below.
        yield from code.replace("\\\n", " ").splitlines()


# ---- links ---------------------------------------------------------------------------------------
def heading_anchors(path):
    for line in path.read_text().splitlines():
        if line.startswith("#"):
            kept = re.sub(r"[^\w\s-]", "", line.lstrip("#").strip().lower())
            yield re.sub(r"\s", "-", kept)


def leads_nowhere(path, link):
    target, _, anchor = link.partition("#")
    if re.match(r"[a-z]+:", link):
        return not link.startswith("https://")
    place = (path.parent / target).resolve() if target else path
    if not place.exists():
        return True
    return bool(anchor) and anchor not in set(heading_anchors(place))


def test_links_lead_somewhere(document):
    links = LINK.findall(re.sub(r"```.*?```", "", document.read_text(), flags=re.DOTALL))
    assert [link for link in links if leads_nowhere(document, link)] == []


def test_a_link_that_leads_nowhere_would_be_noticed():
    readme = ROOT / "README.md"
    assert leads_nowhere(readme, "docs/no-such.md")
    assert leads_nowhere(readme, "docs/glossary.md#no-such-heading")
    assert not leads_nowhere(readme, "docs/glossary.md#keeping")


# ---- files, tests, pages -------------------------------------------------------------------------
@cache
def functions_of(path):
    tree = ast.parse(path.read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def is_there(file, test=""):
    if "<" in file:  # docs say tests/<room>/: the part before it must be there
        return (ROOT / file.partition("<")[0]).exists()
    found = list(ROOT.glob(file.rstrip("/."))) if "*" in file else [ROOT / file.rstrip("/.")]
    found = [path for path in found if path.exists()]
    return bool(found) and (not test or any(test in functions_of(path) for path in found))


def test_files_and_tests_that_are_named_exist(document):
    named = [pair for code in code_in(document) for pair in FILE.findall(code)]
    assert ["::".join(filter(None, pair)) for pair in named if not is_there(*pair)] == []


def test_a_test_that_does_not_exist_would_be_noticed():
    here = name(Path(__file__))
    assert is_there(here, "test_links_lead_somewhere")
    assert not is_there(here, "test_that_nobody_wrote")
    assert not is_there("tests/no_such_test.py")


def page_names(resolver, space=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from page_names(pattern, pattern.namespace or space)
        elif pattern.name:
            yield f"{space}:{pattern.name}" if space else pattern.name


def test_pages_that_are_named_exist(document):
    known = set(page_names(get_resolver()))
    named = {":".join(pair) for code in code_in(document) for pair in PAGE.findall(code)}
    assert "desk:case" in known
    assert sorted(named - known) == []


# ---- commands and settings -----------------------------------------------------------------------
def test_make_targets_that_are_named_exist(document):
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    named = {target for line in lines_of_code(document) for target in MAKE.findall(line)}
    assert {"demo", "test"} <= targets
    assert sorted(named - targets) == []


def is_a_word_of_ours(word):
    return re.fullmatch(r"[a-z][a-z-]*", word) is not None


def wrong_in(words):
    """What a line `nyumbani …` names that the command does not have; words are split at blanks."""
    at, wrong = typer.main.get_command(app), []
    if words[:1] == ["manage"]:
        return []
    for word in words:
        options = {option for each in at.params for option in [*each.opts, *each.secondary_opts]}
        if word.startswith("-"):
            option = word.partition("=")[0]
            if option != "-" and option not in options | {"-h", "--help"}:
                wrong.append(word)
        elif hasattr(at, "commands"):
            if is_a_word_of_ours(word) and word not in at.commands:
                return [*wrong, word]
            at = at.commands.get(word, at)
    return wrong


def test_commands_and_options_that_are_named_exist(document):
    wrong = [
        f"nyumbani{rest}: {word}"
        for line in lines_of_code(document)
        for rest in OURS.findall(line)
        for word in wrong_in(rest.replace("`", "").replace(",", "").split())
    ]
    assert wrong == []


def test_a_wrong_command_would_be_noticed():
    assert wrong_in(["inbox", "connect", "whatsapp", "--account", "ID"]) == []
    assert wrong_in(["inbox", "disconnect"]) == ["disconnect"]
    assert wrong_in(["backup", "--too", "FILE"]) == ["--too"]


def test_settings_that_are_named_exist(document):
    ours = {f"NYUMBANI_{field.upper()}" for field in Environment.model_fields}
    places = [*ROOT.glob("src/**/*.py"), *ROOT.glob("tests/*.py"), ROOT / "Makefile"]
    ours |= {word for place in places for word in SETTING.findall(place.read_text())}
    named = {word for code in code_in(document) for word in SETTING.findall(code)}
    assert sorted(named - ours) == []


# ---- what belongs in no document -----------------------------------------------------------------
def test_no_document_names_somebodys_folder_or_where_packages_come_from(document):
    text = document.read_text()
    found = [*HOSTS_OF_PACKAGES.findall(text), *SOMEBODYS_FOLDER.findall(text)]
    assert found == []
    assert ROOT.as_posix() not in text


# ---- figures and words ---------------------------------------------------------------------------
def test_every_figure_has_its_section_and_every_section_its_file():
    text = (ROOT / "docs/benchmarks.md").read_text()
    sections = re.findall(r"^## .*`(bench/\w+\.py)`", text, re.MULTILINE)
    # What prints no figures of its own is another's helper.
    figures = [path for path in ROOT.glob("bench/*.py") if '"--json"' in path.read_text()]
    assert figures
    assert sorted(sections) == sorted(map(name, figures))


def rows_of_words():
    table = (ROOT / "docs/glossary.md").read_text().partition("## On the pages")[2]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in rows[1:] if not row[0].startswith("---")]


def test_words_on_the_pages_are_those_of_the_catalogues():
    spoken = {language: translations(language) for language in ("sw", "ar")}
    rows = rows_of_words()
    differing = [
        (english, language, word, spoken[language].get(english))
        for english, *words in rows
        for language, word in zip(spoken, words, strict=True)
        if spoken[language].get(english) != word
    ]
    assert len(rows) > 30
    assert differing == []


def translations(language):
    return {entry.id: entry.string for entry in catalogues.load(language) if not entry.context}
