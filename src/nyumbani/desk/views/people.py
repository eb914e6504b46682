"""One person: names, numbers, cases, what was said, and who has looked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from nyumbani.accounts.viewers import actor_of, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.cases.forms import LanguagesForm, NameForm
from nyumbani.cases.queries import KnownPerson, consents, history
from nyumbani.cases.queries import lists as caselists
from nyumbani.desk import queries
from nyumbani.inbox import queries as inbox
from nyumbani.inbox.queries import attribution
from nyumbani.kit.found import found
from nyumbani.people import queries as people


@require_safe
def person(request: HttpRequest, person_id: str) -> HttpResponse:
    """Everything about one person that the viewer may know; numbers are masked."""
    known = found(cases.person(viewer_of(request), person_id))
    record(by=actor_of(request), verb="person.seen", about=f"person:{person_id}")
    return _page(request, known, shows_reach=False)


@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest, person_id: str) -> HttpResponse:
    """The same page with the numbers in full: asked for by a tap, and written down."""
    known = found(cases.person(viewer_of(request), person_id))
    if request.method == "GET":  # somebody came back to a page that was an answer
        return redirect("desk:person", person_id)
    record(by=actor_of(request), verb="person.reach_seen", about=f"person:{person_id}")
    return _page(request, known, shows_reach=True)


def _page(request: HttpRequest, known: KnownPerson, *, shows_reach: bool) -> HttpResponse:
    viewer = viewer_of(request)
    facts = list(cases.facts_about(viewer, known))
    met = [one for fact in facts for one in (fact.about, fact.said_by) if one]
    called = people.names_of(viewer, [known, *met])
    sources = inbox.sources_of(viewer, [fact.pk for fact in facts])
    shown = {
        "viewer": viewer,
        "person": known,
        "called": called[known.pk],
        "names": people.all_names_of(viewer, known),
        "reach": people.reach_of(viewer, known),
        "shows_reach": shows_reach,
        "thread": inbox.thread_with(viewer, known.pk),
        "cases": cases.cases_of(viewer, known),
        "facts": [
            (
                fact, called.get(fact.about_id or ""), called.get(fact.said_by_id or ""),
                sources.get(fact.pk),
            )
            for fact in facts
        ],
        "questions": queries.questions(viewer, caselists.pairs_of(viewer, [known.pk])),
        "elsewhere": attribution.elsewhere(viewer, known).count(),
        "looks": history.who_saw(viewer, known),
        "name_form": NameForm(),
        "agreed": people.safe_contact_of(viewer, known),
        "consent": consents.card(viewer, known),
        "spoken": people.languages_of(viewer, known),
        "languages_form": LanguagesForm(initial={"languages": known.languages}),
        "may_write": cases.may_write_about(viewer, known),
    }  # fmt: skip
    return render(request, "desk/person.html", shown)
