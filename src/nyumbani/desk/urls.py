from django.urls import path

from nyumbani.desk.views import (
    cases,
    doubts,
    find,
    inbox,
    jump,
    kept,
    odd,
    people,
    system,
    take_up,
    today,
)
from nyumbani.kit import paths  # noqa: F401 - makes <ulid:…> known

app_name = "desk"
urlpatterns = [
    path("", today.index, name="today"),
    path("inbox/", inbox.index, name="inbox"),
    path("inbox/news/", inbox.list_news, name="inbox-news"),
    path("inbox/search/", find.across, name="find"),
    path("inbox/views/", kept.choose, name="views"),
    path("inbox/views/<ulid:view_id>/", kept.change, name="view"),
    path("inbox/<ulid:person_id>/search/", find.in_thread, name="find-in"),
    path("inbox/odd/", odd.odd, name="odd"),
    path("inbox/<ulid:person_id>/", inbox.thread, name="thread"),
    path("inbox/<ulid:person_id>/news/", inbox.thread_news, name="thread-news"),
    path("inbox/<ulid:person_id>/reply/", inbox.reply, name="reply"),
    path("inbox/not-sent/", doubts.doubts, name="not-sent"),
    path("inbox/<ulid:person_id>/<ulid:message_id>/take-up/", take_up.take_up, name="take-up"),
    path("inbox/<ulid:person_id>/into-case/", take_up.into_case, name="into-case"),
    path("cases/", cases.index, name="cases"),
    path("cases/<ulid:case_id>/", cases.case, name="case"),
    path("cases/<ulid:case_id>/<slug:tab>/", cases.case, name="case"),
    path("people/<ulid:person_id>/", people.person, name="person"),
    path("people/<ulid:person_id>/reach/", people.reach, name="reach"),
    path("system/", system.system, name="system"),
    path("system/jobs/<ulid:job_id>/again/", system.run_again, name="job-again"),
    path("system/jobs/<ulid:job_id>/aside/", system.lay_aside, name="job-aside"),
    path("jump/", jump.jump, name="jump"),
]
