"""Jump anywhere: from what somebody remembers to the page of a case or a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nyumbani.accounts.viewers import or_404, viewer_of
from nyumbani.desk.forms import JumpForm
from nyumbani.desk.queries.search import Destination, destinations
from nyumbani.desk.views.looks import looked


@require_http_methods(["GET", "POST"])
def jump(request: HttpRequest) -> HttpResponse:
    """Go to the one thing that fits; where several do, or none, say so."""
    viewer = viewer_of(request)
    or_404(viewer.may_read_cases)
    form = JumpForm(request.POST or None)
    fitting: list[Destination] | None = None
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["q"]
        fitting = destinations(viewer, words)
        looked(request, "jump", words=words.casefold(), found=len(fitting))
        if len(fitting) == 1:
            return redirect(fitting[0].page, fitting[0].pk)
    return render(request, "desk/jump.html", {"form": form, "destinations": fitting})
