"""The addresses of the gallery: every component of `ui` on pages with invented people."""

from django.urls import include, path

from nyumbani.ui.urls import urlpatterns as ui
from tests.ui.gallery import views

accounts = [
    path("lock/", views.lock, name="lock"),
    path("lock/stay/", views.stay, name="stay"),
    path("leave/", views.leave, name="leave"),
]

urlpatterns = [
    *ui,
    path("", views.gallery, name="today"),
    path("inbox/", views.inbox, name="inbox"),
    path("cases/", views.gallery, name="cases"),
    path("partners/", views.gallery, name="partners"),
    path("me/", views.gallery, name="me"),
    path("public/", views.public, name="public"),
    path("poll/", views.poll, name="poll"),
    path("sign-out/", views.lock, name="account_logout"),
    path("", include((accounts, "accounts"))),
    path("", include(([path("jump/", views.jump, name="jump")], "desk"))),
]
