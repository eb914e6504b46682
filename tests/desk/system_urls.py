from django.urls import include, path

from nyumbani.desk.views import system
from nyumbani.kit import paths  # noqa: F401

desk = [
    path("system/", system.system, name="system"),
    path("system/jobs/<ulid:job_id>/again/", system.run_again, name="job-again"),
    path("system/jobs/<ulid:job_id>/aside/", system.lay_aside, name="job-aside"),
]
desk += [path(f"stub/{n}/", system.system, name=n) for n in ("today", "inbox", "cases", "jump", "people")]
urlpatterns = [
    path("", include((desk, "desk"))),
    path("sign-in/", include("nyumbani.accounts.urls.sign_in")),
    path("", include("nyumbani.accounts.urls")),
    path("", include("nyumbani.ui.urls")),
]
