"""Who is in a case, what they are called, and whether two of them are one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.cases import actions, queries
from nyumbani.cases.actions.group import Counted
from nyumbani.cases.forms import LanguagesForm, MemberForm, NameForm
from nyumbani.cases.queries import lists
from nyumbani.cases.views.pages import case_to_work_on, form_page, to_tab
from nyumbani.kit import clock
from nyumbani.kit.found import found
from nyumbani.people import actions as people
from nyumbani.people.terms import Language, NameSource, PairStanding


@require_http_methods(["GET", "POST"])
def add_member(request: HttpRequest, case_id: str) -> HttpResponse:
    """A person becomes part of a case: known by number, or new and perhaps without a name."""
    case, viewer = case_to_work_on(request, case_id), viewer_of(request)
    form = MemberForm(request.POST or None, people=lists.people_to_choose(viewer, case))
    if request.method == "POST" and form.is_valid() and _added(request, case_id, form):
        return to_tab(case, "people")
    return form_page(request, form, _("Add a person"), case)


@require_http_methods(["GET", "POST"])
def note_name(request: HttpRequest, person_id: str) -> HttpResponse:
    """Write down another way somebody is called."""
    person = found(queries.person_to_write_about(viewer_of(request), person_id))
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people.note_name(
            person=person, given=form.cleaned_data["given"], source=NameSource.SAID,
            at=clock.now(), by=actor_of(request),
        )  # fmt: skip
        return redirect("desk:person", person_id)
    return form_page(request, form, _("Write down a name"))


@require_http_methods(["GET", "POST"])
def note_languages(request: HttpRequest, person_id: str) -> HttpResponse:
    """Write down which languages somebody speaks."""
    person = found(queries.person_to_write_about(viewer_of(request), person_id))
    given = request.POST if request.method == "POST" else None  # no language at all is an answer
    form = LanguagesForm(given, initial={"languages": person.languages})
    if request.method == "POST" and form.is_valid():
        languages = [Language(one) for one in form.cleaned_data["languages"]]
        people.note_languages(person=person, languages=languages, by=actor_of(request))
        return redirect("desk:person", person_id)
    return form_page(request, form, _("Write down her languages"))


@require_POST
def decide_pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Decide whether two rows are one person, or open the question again."""
    viewer = viewer_of(request)
    pair = found(lists.pair(viewer, pair_id))
    for side in (pair.left_id, pair.right_id):
        queries.person_to_write_about(viewer, side)
    standing = request.POST.get("standing", "")
    or_404(standing in PairStanding.values)
    people.decide_pair(pair=pair, standing=PairStanding(standing), by=actor_of(request))
    messages.success(request, _("Decided. You can change it at any time."))
    return redirect("desk:person", _beside(request, pair.left_id, pair.right_id))


def _beside(request: HttpRequest, left: str, right: str) -> str:
    """Whose page the pair was decided on."""
    given = request.POST.get("beside", "")
    return given if given in {left, right} else left


def _added(request: HttpRequest, case_id: str, form: MemberForm) -> bool:
    """Whether somebody was added; a number unknown to this viewer is said at its field."""
    case, viewer, given = case_to_work_on(request, case_id), viewer_of(request), form.cleaned_data
    told_by = queries.person(viewer, given["told_by"]) if given["told_by"] else None
    counted = Counted(given["brought_by"], given["is_child"])
    if given["number"] is None:
        actions.introduce(
            case=case, part=given["part"], called=given["called"], told_by=told_by,
            person_id=given["once"], by=actor_of(request), counted=counted,
        )  # fmt: skip
        return True
    person = queries.person_to_join(viewer, given["number"])
    if person is None:
        form.add_error("number", _("There is no person of this number that you may know of."))
        return False
    actions.join(
        case=case, person=person, part=given["part"], told_by=told_by, by=actor_of(request),
        counted=counted,
    )  # fmt: skip
    return True
