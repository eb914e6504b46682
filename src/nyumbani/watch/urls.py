from django.urls import path

from nyumbani.kit import paths  # noqa: F401 - makes <ulid:…> known
from nyumbani.watch.views import duty, people

app_name = "watch"
urlpatterns = [
    path("watch/", people.watch, name="watch"),
    path("watch/roster/", duty.roster, name="roster"),
    path("watch/roster/plan/", duty.plan, name="plan-shift"),
    path("watch/roster/hand-over/", duty.hand_over, name="hand-over"),
    path("watch/roster/<ulid:shift_id>/end/", duty.end, name="end-shift"),
    path("watch/figures/", duty.set_figures, name="figures"),
    path("watch/people/<ulid:person_id>/", people.person, name="person"),
    path("watch/people/<ulid:person_id>/limit/", people.limit, name="limit"),
    path("watch/people/<ulid:person_id>/pause/", people.pause, name="pause"),
    path("watch/people/<ulid:person_id>/sign/", people.sign, name="sign"),
    path("watch/people/<ulid:person_id>/settle/", people.settle, name="settle"),
]
