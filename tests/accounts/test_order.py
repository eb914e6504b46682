"""The ledger's line comes first: nobody who writes one meets somebody who waits for it.

Every message, reading and job writes a line and points at the staff row of who did it.
"""

import re
import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from nyumbani.accounts import actions, leaving
from nyumbani.accounts.actions import agreement, own, roles
from nyumbani.accounts.models import Proposal, SetupLink
from nyumbani.accounts.terms import Role
from nyumbani.audit.actions import record
from nyumbani.kit.doer import System
from tests.accounts.staff import PASSWORD, actor, administrator, director, give_app, hire

WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)\b|\bFOR (NO KEY )?UPDATE\b")
LINE = re.compile(r"audit_entry|pg_advisory_xact_lock")


def verbs():
    cherono, amina, otieno = administrator(), director(), hire("otieno", Role.DATA_OFFICER)
    wanjiku = hire("wanjiku")
    give_app(wanjiku)
    by = actor(cherono)
    invited, token = actions.invite(
        username="njeri", display_name="Njeri", roles=[Role.DATA_OFFICER], by=by
    )
    roles.grant_role(staff_id=otieno.pk, role=Role.TRAINER, by=by)
    waits = list(Proposal.objects.values_list("pk", flat=True))
    return {
        "give": lambda: roles.grant_role(staff_id=invited.pk, role=Role.ADMINISTRATOR, by=by),
        "agree": lambda: agreement.agree(staff_id=otieno.pk, proposals=waits, by=actor(amina)),
        "end": lambda: roles.end_role(staff_id=wanjiku.pk, role=Role.CASEWORKER, by=by),
        "leave": lambda: roles.deactivate(staff_id=wanjiku.pk, by=by),
        "back": lambda: roles.bring_back(staff_id=wanjiku.pk, by=by),
        "link": lambda: actions.issue_link(staff_id=wanjiku.pk, by=by),
        "come in": lambda: actions.set_up_invited(
            token=token, password=PASSWORD, by=System("link")
        ),
        "invite": lambda: actions.invite(
            username="kamau", display_name="Kamau", roles=[Role.ESCORT], by=by
        ),
        "password": lambda: own.set_password(staff=otieno, password=PASSWORD, by=actor(otieno)),
        "details": lambda: own.change_details(
            display_name="Otieno O.", language="", by=actor(otieno)
        ),
    }


@pytest.mark.django_db
def test_every_verb_writes_its_line_before_it_locks_or_changes_anything(monkeypatch):
    # What rooms above this one do when somebody leaves is theirs, in their order.
    monkeypatch.setattr(leaving, "_registered", {})
    for name, verb in verbs().items():
        with CaptureQueriesContext(connection) as asked:
            verb()
        changing = [q["sql"] for q in asked if WRITES.search(q["sql"]) or LINE.search(q["sql"])]
        assert LINE.search(changing[0]), (name, changing[0])
        strong = [sql for sql in changing if re.search(r"FOR UPDATE\b", sql)]
        assert strong == [], name


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_somebody_writes_while_the_role_of_who_is_named_changes():
    cherono, otieno = administrator(), hire("otieno", Role.DATA_OFFICER)
    line_is_written, outcome = threading.Event(), []

    def give():
        line_is_written.wait(10)
        try:
            roles.grant_role(staff_id=otieno.pk, role=Role.ADMINISTRATOR, by=actor(cherono))
            outcome.append("given")
        finally:
            connection.close()

    thread = threading.Thread(target=give)
    thread.start()
    with transaction.atomic():
        record(by=actor(otieno), verb="message.written", about=f"staff:{otieno.pk}")
        line_is_written.set()
        thread.join(0.5)  # it waits for the ledger, or has the staff row already
        SetupLink.objects.create(  # any row that points at the colleague
            digest="0" * 64, kind="invitation", staff=otieno,
            issued_at=otieno.joined_at, expires_at=otieno.joined_at + actions.FIRST_LINK_LASTS,
        )  # fmt: skip
    thread.join(10)
    assert outcome == ["given"]
