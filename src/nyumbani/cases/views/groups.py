"""The group of a case: what happened to whom, taken back, confirmed."""

from collections.abc import Callable, Sequence
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from nyumbani.accounts.viewers import actor_of, viewer_of
from nyumbani.cases import queries
from nyumbani.cases.actions import group as verbs
from nyumbani.cases.actions.group import Bulk, Said
from nyumbani.cases.forms.groups import CAME, LEFT, SayForm, TakeBackForm
from nyumbani.cases.queries import KnownPerson, OpenedCase, groups, lists
from nyumbani.cases.terms import NOT_SO, NotSo
from nyumbani.cases.views.pages import case_to_work_on, form_page, to_tab
from nyumbani.domain.groups.events import State
from nyumbani.kit.found import found


@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, case_id: str) -> HttpResponse:
    """Write down what happened to one or many; whom it does not fit is named with the reason."""
    case, viewer = case_to_work_on(request, case_id), viewer_of(request)
    choose = lists.people_to_choose(viewer, case)
    form = SayForm(request.POST or None, people=choose)
    if request.method == "POST" and form.is_valid():
        result = _said(request, case, form)
        _tell(request, result, dict(choose))
        return to_tab(case, "group")
    return form_page(request, form, _("What happened to the group"), case)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, case_id: str, event_id: str) -> HttpResponse:
    """It was not so, and why."""
    case = case_to_work_on(request, case_id)
    event = found(groups.event(viewer_of(request), case, event_id))
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(verbs.take_back, event=event, why=form.cleaned_data["why"])
        if _done(request, act):
            return to_tab(case, "group")
    return form_page(request, form, _("Take back what was said"), case)


@require_POST
def confirm(request: HttpRequest, case_id: str, event_id: str) -> HttpResponse:
    """A second person confirms a death."""
    case = case_to_work_on(request, case_id)
    event = found(groups.event(viewer_of(request), case, event_id))
    _done(request, partial(verbs.confirm, event=event))
    return to_tab(case, "group")


def _said(request: HttpRequest, case: OpenedCase, form: SayForm) -> Bulk:
    given, by = form.cleaned_data, actor_of(request)
    said = Said(given["at"], given["whose_word"], given["why"])
    chosen = _chosen(request, given["people"])
    one: Callable[..., object]
    if given["what"] == CAME:
        one = verbs.count_in
    elif given["what"] == LEFT:
        one = verbs.leave
    else:
        one = partial(verbs.become, state=State(given["what"]))
    return verbs.each(chosen, partial(one, case=case, said=said, by=by))


def _chosen(request: HttpRequest, ids: Sequence[str]) -> list[KnownPerson]:
    return [found(queries.person(viewer_of(request), one)) for one in ids]


def _tell(request: HttpRequest, result: Bulk, names: dict[str, str]) -> None:
    if result.done:
        count = len(result.done)
        words = ngettext("Written down for %(n)d person.", "Written down for %(n)d people.", count)
        messages.success(request, words % {"n": count})
    for person, answer in result.refused.items():
        messages.error(request, f"{names.get(person, '')}: {NOT_SO[answer.why]}")


def _done(request: HttpRequest, act: Callable[..., object]) -> bool:
    try:
        act(by=actor_of(request))
    except NotSo as refusal:
        messages.error(request, str(NOT_SO[refusal.answer.why]))
        return False
    return True
