from django.urls import path

from nyumbani.cases.views import consents, course, facts, groups, people, team, work
from nyumbani.kit import paths  # noqa: F401 - makes <ulid:…> known

app_name = "cases"
urlpatterns = [
    path("cases/open/", course.open_case, name="open"),
    path("cases/break-glass/", team.break_glass, name="break-glass"),
    path("cases/<ulid:case_id>/stage/move/", course.move_stage, name="move-stage"),
    path("cases/<ulid:case_id>/urgency/judge/", course.judge_urgency, name="judge-urgency"),
    path("cases/<ulid:case_id>/tasks/add/", work.set_task, name="set-task"),
    path("cases/<ulid:case_id>/tasks/<ulid:task_id>/tick/", work.tick, name="tick"),
    path("cases/<ulid:case_id>/notes/add/", work.note, name="note"),
    path("cases/<ulid:case_id>/facts/add/", facts.write_fact, name="write-fact"),
    path("cases/<ulid:case_id>/facts/<ulid:fact_id>/judge/", facts.judge_fact, name="judge-fact"),
    path("cases/<ulid:case_id>/people/add/", people.add_member, name="add-member"),
    path("cases/<ulid:case_id>/group/say/", groups.say, name="group-say"),
    path(
        "cases/<ulid:case_id>/group/<ulid:event_id>/take-back/",
        groups.take_back,
        name="group-take-back",
    ),
    path(
        "cases/<ulid:case_id>/group/<ulid:event_id>/confirm/", groups.confirm, name="group-confirm"
    ),
    path("cases/<ulid:case_id>/team/assign/", team.assign, name="assign"),
    path("cases/<ulid:case_id>/team/take-off/", team.take_off, name="take-off"),
    path("cases/<ulid:case_id>/team/name-lead/", team.name_lead, name="name-lead"),
    path("notices/<int:notice_id>/read/", team.acknowledge, name="acknowledge"),
    path("people/<ulid:person_id>/names/add/", people.note_name, name="note-name"),
    path("people/<ulid:person_id>/languages/", people.note_languages, name="note-languages"),
    path("people/<ulid:person_id>/consent/", consents.consent, name="consent"),
    path("people/<ulid:person_id>/consent/give/", consents.give, name="give-consent"),
    path("people/<ulid:person_id>/consent/never/", consents.never, name="say-never"),
    path("people/<ulid:person_id>/consent/wish/", consents.wish, name="say-wish"),
    path("people/<ulid:person_id>/consent/override/", consents.override, name="override-consent"),
    path(
        "people/<ulid:person_id>/consent/<ulid:consent_id>/withdraw/",
        consents.withdraw,
        name="withdraw-consent",
    ),
    path("overrides/<ulid:override_id>/second/", consents.second, name="second-override"),
    path(
        "overrides/notices/<int:notice_id>/read/",
        consents.acknowledge,
        name="acknowledge-override",
    ),
    path("pairs/<int:pair_id>/decide/", people.decide_pair, name="decide-pair"),
]
