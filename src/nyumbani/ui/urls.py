"""The one address of this room: changing the language."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

urlpatterns = [
    # Open to all: the sign-in and public pages speak several languages. Django checks `next`.
    path("language/", login_not_required(set_language), name="set_language"),
]
