"""What this room shows on a case page, tab by tab."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy, ngettext

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries
from nyumbani.cases.forms import ColleagueForm, MemberForm, NoteForm, TaskForm
from nyumbani.cases.forms.groups import DayForm, SayForm
from nyumbani.cases.queries import OpenedCase, groups, history, lists
from nyumbani.cases.queries.groups import Step
from nyumbani.cases.terms import STATE_WORDS
from nyumbani.domain.groups.events import GRAVE
from nyumbani.kit import clock, tabs
from nyumbani.kit.tabs import Tab
from nyumbani.people import queries as people
from nyumbani.ui.plots import Point


def overview(request: HttpRequest, viewer: Viewer, case: OpenedCase) -> str:
    """What one must know first: who, how many, who works on it, what comes next."""
    members = list(queries.members(viewer, case))
    called = people.names_of(viewer, [member.person for member in members])
    shown = {
        "case": case,
        "may_write": queries.belongs_to(viewer, case),
        "members": [(member, called[member.person_id]) for member in members],
        "growth": points(groups.growth(viewer, case)),
        "team": queries.team(viewer, case),
        "tasks": queries.tasks(viewer, case).filter(done_at=None)[:3],
        "notes": queries.notes(viewer, case)[:3],
        "now": clock.now(),
        "may_assign": queries.may_assign(viewer, case),
        "colleague_form": ColleagueForm(
            colleagues=queries.colleagues(viewer).values_list("pk", "display_name")
        ),
    }
    return render_to_string("cases/tabs/overview.html", shown, request)


def group(request: HttpRequest, viewer: Viewer, case: OpenedCase) -> str:
    """Who is of the group, how each is, how it grew, and how many there were on any day."""
    day = DayForm(request.GET if {"at", "known_at"} & set(request.GET) else None)
    at, known_at = day.moments
    found = groups.group(viewer, case, at, known_at)
    shown = {
        "case": case,
        "may_write": queries.belongs_to(viewer, case),
        "group": found,
        "is_past": at is not None or known_at is not None,
        "states": [
            (state in GRAVE, STATE_WORDS[state], count)
            for state, count in found.roll.by_state.items()
            if count
        ],
        "day_form": day,
        "say_form": SayForm(people=lists.people_to_choose(viewer, case)),
        "growth": points(groups.growth(viewer, case)),
        "tree": groups.told_tree(viewer, case),
        "events": groups.events(viewer, case),
    }
    return render_to_string("cases/tabs/group.html", shown, request)


def everybody(request: HttpRequest, viewer: Viewer, case: OpenedCase) -> str:
    """Who is in the case, what part they have, who told us of them."""
    members = list(queries.members(viewer, case))
    met = [one for member in members for one in (member.person, member.told_by) if one]
    called = people.names_of(viewer, met)
    shown = {
        "case": case,
        "may_write": queries.belongs_to(viewer, case),
        "members": [
            (member, called[member.person_id], called.get(member.told_by_id or ""))
            for member in members
        ],
        "form": MemberForm(people=lists.people_to_choose(viewer, case)),
    }
    return render_to_string("cases/tabs/people.html", shown, request)


def tasks(request: HttpRequest, viewer: Viewer, case: OpenedCase) -> str:
    """What is to be done, what was done."""
    rows = list(queries.tasks(viewer, case))
    shown = {
        "case": case,
        "may_write": queries.belongs_to(viewer, case),
        "now": clock.now(),
        "open": [task for task in rows if task.done_at is None],
        "done": [task for task in rows if task.done_at is not None],
        "form": TaskForm(team=lists.team_to_choose(viewer, case), mine=viewer.staff_id),
    }
    return render_to_string("cases/tabs/tasks.html", shown, request)


def notes(request: HttpRequest, viewer: Viewer, case: OpenedCase) -> str:
    """What staff told each other."""
    shown = {
        "case": case,
        "may_write": queries.belongs_to(viewer, case),
        "notes": queries.notes(viewer, case),
        "form": NoteForm(),
    }
    return render_to_string("cases/tabs/notes.html", shown, request)


def past(request: HttpRequest, viewer: Viewer, case: OpenedCase) -> str:
    """What happened, by whom, when; who broke the glass, why; and, asked for, who looked."""
    looks = "looks" in request.GET
    read = history.looks_at if looks else history.of_case
    shown = {
        "case": case,
        "looks": looks,
        "page": read(viewer, case, request.GET.get("cursor")),
        "glasses": queries.broken_glasses(viewer, case),
    }
    return render_to_string("cases/tabs/history.html", shown, request)


def points(steps: Iterable[Step]) -> list[Point]:
    """The growth of a group as a plot draws it, with what made each difference."""
    return [Point(step.at, step.total, _what_made_it(step)) for step in steps]


def register() -> None:
    """Give the case page this room's tabs."""
    tabs.register(Tab("overview", gettext_lazy("Overview"), 10, overview))
    tabs.register(Tab("group", gettext_lazy("Group"), 15, group))
    tabs.register(
        Tab(
            "people", gettext_lazy("People"), 20, everybody,
            lambda viewer, case: queries.members(viewer, case).count(),
        )
    )  # fmt: skip
    tabs.register(
        Tab(
            "tasks", gettext_lazy("Tasks"), 30, tasks,
            lambda viewer, case: queries.tasks(viewer, case).filter(done_at=None).count(),
        )
    )  # fmt: skip
    tabs.register(
        Tab(
            "notes", gettext_lazy("Notes"), 50, notes,
            lambda viewer, case: queries.notes(viewer, case).count(),
        )
    )  # fmt: skip
    tabs.register(Tab("history", gettext_lazy("History"), 90, past))


def _what_made_it(step: Step) -> str:
    said = []
    if step.came:
        count = len(step.came)
        said.append(ngettext("%(n)s person joined", "%(n)s people joined", count) % {"n": count})
    ways = dict.fromkeys(row.get_brought_by_display() for row in step.came)
    said += [str(one) for one in ways]
    if step.left:
        count = len(step.left)
        said.append(ngettext("%(n)s person left", "%(n)s people left", count) % {"n": count})
    return ", ".join(said)
