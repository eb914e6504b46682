"""Words to many are written, looked at and changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from nyumbani.accounts.viewers import Viewer, actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.broadcasts import queries
from nyumbani.broadcasts.actions.drafting import Draft, draft, redraft
from nyumbani.broadcasts.forms import LetStandForm, ToManyForm
from nyumbani.broadcasts.queries import ToMany
from nyumbani.broadcasts.queries.board import board
from nyumbani.broadcasts.terms import VARIANTS, Aim, State
from nyumbani.cases import queries as cases
from nyumbani.domain.phrasebook import keys, language_for, phrase, phrases
from nyumbani.domain.to_many import outlooks
from nyumbani.inbox.queries import library
from nyumbani.kit.found import found
from nyumbani.kit.paging import page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Words to many that the viewer may see, the newest first."""
    viewer = viewer_of(request)
    or_404(viewer.may_read_cases)
    rows = page(queries.broadcasts(viewer), by="made_at", cursor=request.GET.get("cursor"))
    record(by=actor_of(request), verb="broadcasts.seen", about="inbox", number=len(rows.items))
    shown = {"page": rows, "viewer": viewer}
    return render(request, "broadcasts/index.html", shown)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write words to many; nothing leaves before they have been looked at person by person."""
    viewer = viewer_of(request)
    or_404(viewer.may_send and viewer.may_read_cases)
    form = _form(request, viewer, _begun_with(request))
    if request.method == "POST" and form.is_valid():
        row = draft(given=_given(form, viewer), by=actor_of(request))
        return redirect("broadcasts:show", row.pk)
    return render(request, "broadcasts/form.html", _shown(request, form))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, broadcast_id: str) -> HttpResponse:
    """Change words that have not been sent; who is meant is found anew."""
    viewer = viewer_of(request)
    row = found(queries.broadcast_to_work_on(viewer, broadcast_id))
    if row.state != State.DRAFT:
        return redirect("broadcasts:show", row.pk)
    form = _form(request, viewer, _filled_with(viewer, row) | _begun_with(request))
    for name in ("aim", "case"):
        form.fields[name].disabled = True
    if request.method == "POST" and form.is_valid():
        redraft(broadcast=row, given=_given(form, viewer), by=actor_of(request))
        return redirect("broadcasts:show", row.pk)
    record(by=actor_of(request), verb="broadcast.seen", about=f"broadcast:{row.pk}")
    return render(request, "broadcasts/form.html", _shown(request, form) | {"row": row})


@require_safe
def show(request: HttpRequest, broadcast_id: str) -> HttpResponse:
    """What would become of a draft, or what has become of what was sent, person by person."""
    row = found(queries.broadcast(viewer_of(request), broadcast_id))
    return shown(request, row, LetStandForm())


def shown(request: HttpRequest, row: ToMany, form: LetStandForm) -> HttpResponse:
    """The page of one of them; also the answer where it could not be sent."""
    viewer = viewer_of(request)
    is_draft = row.state == State.DRAFT
    foreseen = queries.foreseen(viewer, row) if is_draft else []
    sent = None if is_draft else board(viewer, row)
    seen = len(foreseen) if sent is None else len(sent.rows)
    record(by=actor_of(request), verb="broadcast.seen", about=f"broadcast:{row.pk}", people=seen)
    context = {
        "row": row, "words": queries.words_of(viewer, row), "form": form, "people": seen,
        "may_work": viewer.may_send and queries.may_work_on(viewer, row),
        "foreseen": foreseen, "tally": outlooks(one.outlook for one in foreseen), "board": sent,
        "hits": queries.hits_in(viewer, row) if is_draft else {},
    }  # fmt: skip
    name = "broadcasts/preview.html" if is_draft else "broadcasts/board.html"
    return render(request, name, context)


def _form(request: HttpRequest, viewer: Viewer, initial: dict[str, object]) -> ToManyForm:
    mine = [(case.pk, f"{case} · {case.title}") for case in cases.cases_to_work_on(viewer)]
    templates = [(one.pk, one.name) for one in library.for_many(viewer)]
    return ToManyForm(request.POST or None, cases=mine, templates=templates, initial=initial)


def _begun_with(request: HttpRequest) -> dict[str, object]:
    """What the address asks for: a case to write to, a phrase to begin with."""
    begun: dict[str, object] = {}
    if request.GET.get("case"):
        begun |= {"aim": Aim.GROUP, "case": request.GET["case"]}
    if request.GET.get("phrase", "") in keys():
        for code, _name in VARIANTS:
            said = phrase(request.GET["phrase"], code)
            begun[f"text_{code}"] = said.text if said else ""
    return begun


def _filled_with(viewer: Viewer, row: ToMany) -> dict[str, object]:
    given: dict[str, object] = {
        "subject": row.subject, "aim": row.aim, "case": row.case_id or "",
        "fallback": row.fallback, "patience": row.patience, "template": row.template_id or "",
        "parts": row.aim_value.split(","), "days": row.aim_value, "language": row.aim_value,
    }  # fmt: skip
    return given | {f"text_{code}": text for code, text in queries.words_of(viewer, row).items()}


def _given(form: ToManyForm, viewer: Viewer) -> Draft:
    given = form.cleaned_data
    case = cases.case_to_work_on(viewer, given["case"]) if given["aim"] is Aim.GROUP else None
    return Draft(
        given["subject"], given["aim"], form.value(), form.texts(), given["fallback"],
        given["patience"], case, _template(viewer, given["template"]),
    )  # fmt: skip


def _template(viewer: Viewer, chosen: str) -> library.Kept | None:
    return next((one for one in library.for_many(viewer) if one.pk == chosen), None)


def _shown(request: HttpRequest, form: ToManyForm) -> dict[str, object]:
    spoken = language_for([request.LANGUAGE_CODE])
    return {"form": form, "phrases": phrases(spoken)}
