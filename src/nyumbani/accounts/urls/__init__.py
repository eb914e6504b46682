"""Our own pages about accounts; the library's are in `urls.sign_in`."""

from django.urls import path

from nyumbani.accounts.views import lock, me, second_factor, set_up, staff
from nyumbani.kit import paths  # noqa: F401 - makes <ulid:…> known

app_name = "accounts"
urlpatterns = [
    path("set-up/<str:token>/", set_up.set_up, name="set-up"),
    path("demo/enter/", set_up.demo, name="demo"),
    path("demo/enter/<str:token>/", set_up.demo_link, name="demo-link"),
    path("sign-in/second-factor/start/", second_factor.choose, name="second-factor"),
    path("sign-in/sessions/<int:session_id>/end/", me.end_session, name="end-session"),
    path("me/", me.me, name="me"),
    path("lock/", lock.lock, name="lock"),
    path("lock/stay/", lock.stay, name="stay"),
    path("locked/", lock.unlock, name="unlock"),
    path("leave/", lock.leave, name="leave"),
    path("left/", lock.left, name="left"),
    path("staff/", staff.index, name="staff"),
    path("staff/invite/", staff.invite, name="invite"),
    path("staff/waiting/", staff.waiting, name="waiting"),
    path("staff/<ulid:staff_id>/", staff.person, name="staff-person"),
    path("staff/<ulid:staff_id>/grant/", staff.grant, name="grant-role"),
    path("staff/<ulid:staff_id>/end/", staff.end, name="end-role"),
    path("staff/<ulid:staff_id>/link/", staff.link, name="new-link"),
    path("staff/<ulid:staff_id>/deactivate/", staff.deactivate, name="deactivate"),
    path("staff/<ulid:staff_id>/bring-back/", staff.bring_back, name="bring-back"),
    path("staff/<ulid:staff_id>/decide/", staff.decide, name="decide"),
]
