"""The ledger's turn comes first: in every verb the line is written before anything else is.

On PostgreSQL whoever writes a line holds the ledger until its transaction ends. A verb that locked
or wrote something before would wait for the ledger while it holds what others, who have the ledger
already, may want: neither would ever go on. See ARCHITECTURE.md, "Turns".
"""

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

SRC = Path(__file__).parents[2] / "src/nyumbani"
RECORDS = {"record"}
WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create",
    "update_or_create", "select_for_update", "store",
}  # fmt: skip

# `room/file.py: verb` → why it may. The list only gets shorter: a verb that needs it no more, or is
# gone, fails the suite.
EXCEPTIONS: dict[str, str] = {}


def name(path):
    return path.relative_to(SRC).as_posix()


def modules():
    files = (p for p in SRC.rglob("*.py") if p.name == "actions.py" or "actions" in p.parts)
    return sorted(files) + sorted((SRC / "workflows").glob("*.py"))


def is_atomic(function):
    return any("atomic" in ast.unparse(each) for each in function.decorator_list)


def called(call):
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def calls_in(node):
    """The calls of a body in the order in which they are made; what is only defined is left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Lambda | ast.FunctionDef):
            continue
        yield from calls_in(child)
    if isinstance(node, ast.Call):
        yield node


def deeds(function, here, seen=()):
    """`record` and what writes or locks, in order, with the functions of the same file unfolded."""
    body = ast.Module(function.body, [])
    for call in calls_in(body):
        word, own = called(call), isinstance(call.func, ast.Name)
        if own and word in RECORDS:
            yield "record"
        elif not own and word in WRITES:
            yield f"{ast.unparse(call.func)[-60:]} (line {call.lineno})"
        elif own and word in here and word not in seen:
            yield from deeds(here[word], here, (*seen, word))


def first_before_the_line(function, here):
    """What a verb that writes a line does before it; empty if the line comes first."""
    done = list(deeds(function, here, (function.name,)))
    return done[0] if "record" in done and done[0] != "record" else ""


def verbs_of(source):
    tree = ast.parse(source)
    here = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    return here, [node for node in here.values() if is_atomic(node)]


def too_early():
    found = {}
    for path in modules():
        here, verbs = verbs_of(path.read_text())
        for verb in verbs:
            if before := first_before_the_line(verb, here):
                found[f"{name(path)}: {verb.name}"] = before
    return found


def test_the_ledgers_line_is_the_first_thing_a_verb_writes():
    found = too_early()
    assert {verb: what for verb, what in found.items() if verb not in EXCEPTIONS} == {}


def test_an_exception_that_is_not_needed_is_taken_off_the_list():
    assert sorted(EXCEPTIONS.keys() - too_early().keys()) == []
    assert all(EXCEPTIONS.values())


@pytest.mark.parametrize(
    ("body", "early"),
    [
        ("record(by=by)\n    row.save()", ""),
        ("row.save()\n    record(by=by)", "row.save"),
        ("rows.select_for_update().get()\n    record(by=by)", "select_for_update"),
        ("_keep(row)\n    record(by=by)", "row.save"),
        ("on_commit(lambda: row.save())\n    record(by=by)", ""),
        ("row.save()", ""),
    ],
)
def test_a_verb_that_writes_before_its_line_would_be_noticed(body, early):
    source = f"@transaction.atomic\ndef verb():\n    {body}\n\ndef _keep(row):\n    row.save()\n"
    here, (verb,) = verbs_of(source)
    found = first_before_the_line(verb, here)
    assert early in found
    assert bool(found) == bool(early)
