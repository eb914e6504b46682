"""The house's addresses with a stand-in for its first page: what a signed-in person opens."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from nyumbani.accounts.viewers import viewer_of
from nyumbani.config.urls import urlpatterns as house

SECRET = "sixteen women in Tripoli"


def desk(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    return HttpResponse(SECRET if viewer.may_read_cases else f"hello {viewer.staff_id}")


@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    return HttpResponse("signed in" if request.user.is_authenticated else "nobody")


@login_not_required
def no_icon(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)


urlpatterns = [
    path("favicon.ico", no_icon, name="icon"),  # browsers ask for it where a page names none
    path("", desk, name="today"),
    path("public/", public, name="public"),
    *house,
]
