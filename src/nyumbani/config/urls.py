from django.urls import include, path

from nyumbani.inbox import webhooks

urlpatterns = [
    path("hooks/<slug:channel>/", webhooks.door, name="hook"),
    path("hooks/<slug:channel>/<slug:word>/", webhooks.door, name="hook-by-word"),
    path("sign-in/", include("nyumbani.accounts.urls.sign_in")),
    path("", include("nyumbani.accounts.urls")),
    path("", include("nyumbani.ui.urls")),
    path("", include("nyumbani.cases.urls")),
    path("", include("nyumbani.inbox.urls")),
    path("", include("nyumbani.chats.urls")),
    path("", include("nyumbani.broadcasts.urls")),
    path("", include("nyumbani.watch.urls")),
    path("", include("nyumbani.sheets.urls")),
    path("demo/", include("nyumbani.drill.urls")),
    path("", include("nyumbani.desk.urls")),
]
