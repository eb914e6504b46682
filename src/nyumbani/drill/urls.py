from django.urls import path

from nyumbani.drill.views import phones, stage

app_name = "drill"
urlpatterns = [
    path("", stage.stage, name="stage"),
    path("checks/", stage.checks_now, name="checks"),
    path("play/", stage.play, name="play"),
    path("time/", stage.pass_time, name="time"),
    path("again/", stage.again, name="again"),
    path("ready/", stage.ready, name="ready"),
    path("phones/", phones.phones, name="phones"),
    path("phones/<slug:key>/", phones.phone, name="phone"),
    path("phones/<slug:key>/chat/", phones.chat, name="chat"),
    path("phones/<slug:key>/write/", phones.write, name="write"),
    path("phones/<slug:key>/do/", phones.do, name="do"),
    path("phones/<slug:key>/change/", phones.change, name="change"),
]
