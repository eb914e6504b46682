"""What no linter checks: where writing happens, who reads and acts, what templates hold."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

pytestmark = pytest.mark.pure

SRC = Path(__file__).parents[2] / "src/nyumbani"
MODULES = sorted(p for p in SRC.rglob("*.py") if "migrations" not in p.parts)
TEMPLATES = sorted(SRC.rglob("*.html"))
WRITES = {
    "save", "delete", "create", "update", "get_or_create", "update_or_create",
    "bulk_create", "bulk_update",
}  # fmt: skip
CODE_IN_TEMPLATE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"|\|safe\b|autoescape off"
)


def name(path):
    return path.relative_to(SRC).as_posix()


def is_kind(path, stem):
    return path.name == f"{stem}.py" or stem in path.parts


def public_functions(path):
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def writes(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        target = ast.unparse(node.func.value)
        if node.func.attr in WRITES and ("objects" in target or target in {"self", "instance"}):
            yield ast.unparse(node)


def test_only_actions_write():
    found = {name(path): list(writes(path)) for path in MODULES if not is_kind(path, "actions")}
    assert {path: calls for path, calls in found.items() if calls} == {}


def test_no_read_without_a_viewer():
    nameless = [
        f"{name(path)}: {function.name}"
        for path in MODULES
        if is_kind(path, "queries") and "drill" not in path.parts  # invented people only
        for function in public_functions(path)
        if [a.arg for a in function.args.args][:1] != ["viewer"]
    ]
    assert nameless == []


def writes_itself(function):
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(isinstance(c.func, ast.Attribute) and c.func.attr in WRITES for c in calls)


def test_no_act_without_an_actor():
    """Whatever writes names who acts: `by`, or the page being read, which carries it."""
    nameless = [
        f"{name(path)}: {function.name}"
        for path in MODULES
        if is_kind(path, "actions")
        for function in public_functions(path)
        if writes_itself(function)
        and "by" not in {a.arg for a in function.args.kwonlyargs}
        and "page" not in {a.arg for a in function.args.args}
    ]
    assert nameless == []


def saves_it_whole(path):
    said = {"force_insert", "force_update", "update_fields"}
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr == "save" and not said & {word.arg for word in node.keywords}:
            yield f"{name(path)}:{node.lineno}: {ast.unparse(node)}"


def test_no_act_undoes_what_somebody_else_wrote_into_the_same_row():
    """A row is saved new, or by the fields that changed: what was read before may be old."""
    acting = [path for path in MODULES if is_kind(path, "actions")]
    assert [line for path in acting for line in saves_it_whole(path)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_hold_no_code(path):
    assert not CODE_IN_TEMPLATE.search(path.read_text())


def test_lower_floors_cannot_look_up_through_reverse_names():
    ours = [m for m in apps.get_models() if m.__module__.startswith("nyumbani.")]
    open_names = []
    for model in ours:
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete):
                continue
            crosses = field.related_model._meta.app_label != model._meta.app_label
            if crosses and not field.remote_field.hidden:
                open_names.append(f"{model.__name__}.{field.name}")
    assert open_names == []


def test_every_public_thing_says_what_it_means():
    silent = []
    for path in MODULES:
        if path.name in {"apps.py", "urls.py"} or "config" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        if tree.body and not ast.get_docstring(tree):
            silent.append(name(path))
    assert silent == []


def test_files_stay_readable():
    long = {name(p): n for p in MODULES if (n := len(p.read_text().splitlines())) > 400}
    assert long == {}
