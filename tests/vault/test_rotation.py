"""Changing and destroying keys while others work: nothing is lost, nobody waits for ever."""

import threading

import pytest
from django.db import connection, connections, transaction

from nyumbani.audit.actions import record
from nyumbani.audit.models import Entry
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.kit import clock
from nyumbani.kit.doer import System
from nyumbani.vault import actions, datakeys, keyring, terms
from nyumbani.vault.models import DataKey
from nyumbani.vault.terms import ShredReason
from tests.cli.conftest import own_keys
from tests.database import POSTGRES

__all__ = ["own_keys"]

BY = System("tests")
HER = terms.person("01J8Q3TR6S7V0W1X2Y3Z4A5B6C")
together = pytest.mark.skipif(not POSTGRES, reason="on SQLite one transaction writes at a time")


@pytest.fixture
def channel():
    row = ChannelAccount(
        seal_scope=terms.HOUSE, channel="whatsapp", account="1", label="Main",
        secrets={"app_secret": "siri"}, added_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def beside(do):
    """Do this in a thread with a connection of its own; returns the thread and what it raised."""
    raised = []

    def run():
        try:
            do()
        except Exception as error:  # noqa: BLE001 - looked at by the test
            raised.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, raised


def until_somebody_waits_for_the_ledger():
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype='advisory' AND NOT granted"
            )
            if cursor.fetchone()[0]:
                return
        threading.Event().wait(0.02)
    raise AssertionError("nobody waited")


@together
@pytest.mark.django_db(transaction=True)
def test_what_somebody_changes_while_a_key_is_renewed_is_not_put_back(channel, own_keys):
    """They have the ledger's turn and changed the row; the renewal begins, then they commit."""
    with transaction.atomic():
        record(by=BY, verb="channel.stopped", about=f"channel:{channel.pk}")
        ChannelAccount.objects.filter(pk=channel.pk).update(stopped_at=clock.now())
        renewal, raised = beside(lambda: actions.renew_key(scope=terms.HOUSE, by=BY))
        until_somebody_waits_for_the_ledger()
    renewal.join(20)
    assert not renewal.is_alive()
    assert raised == []
    row = ChannelAccount.objects.get(pk=channel.pk)
    assert row.stopped_at is not None
    assert row.secrets == {"app_secret": "siri"}


@together
@pytest.mark.django_db(transaction=True)
def test_a_renewal_and_somebody_who_wants_the_same_row_never_wait_for_each_other(channel, own_keys):
    """Whoever has the ledger's turn gets every row: the renewal holds none while it waits."""
    with transaction.atomic():
        record(by=BY, verb="channel.stopped", about=f"channel:{channel.pk}")
        renewal, raised = beside(lambda: actions.renew_key(scope=terms.HOUSE, by=BY))
        until_somebody_waits_for_the_ledger()
        row = ChannelAccount.objects.select_for_update(nowait=True).get(pk=channel.pk)
        row.stopped_at = clock.now()
        row.save()
    renewal.join(20)
    assert raised == []
    assert ChannelAccount.objects.get(pk=channel.pk).stopped_at is not None


@pytest.mark.django_db
def test_a_renewal_changes_nothing_but_what_is_sealed(channel, own_keys, monkeypatch):
    """Whatever else stood in the row when it was read is not written back."""
    before = ChannelAccount.save

    def save(row, **how):
        assert how["update_fields"] == ["secrets"]
        before(row, **how)

    monkeypatch.setattr(ChannelAccount, "save", save)
    assert actions.renew_key(scope=terms.HOUSE, by=BY) == 1


@together
@pytest.mark.django_db(transaction=True)
def test_a_key_made_while_the_installation_key_is_replaced_still_opens(own_keys):
    """Her key was wrapped by the former one and is not committed when the replacement begins."""
    with transaction.atomic():
        actions.make_key(scope=HER, by=BY)
        replacing, raised = beside(lambda: actions.renew_installation_key(by=BY))
        until_somebody_waits_for_the_ledger()
    replacing.join(20)
    assert raised == []
    assert len(keyring.installation_keys()) == 1
    datakeys.forget()
    assert datakeys.current(HER).scope == HER


@together
@pytest.mark.django_db(transaction=True)
def test_a_key_that_waits_for_the_replacement_is_wrapped_by_the_new_one(own_keys):
    with transaction.atomic():
        actions.renew_installation_key(by=BY)
        making, raised = beside(lambda: actions.make_key(scope=HER, by=BY))
        until_somebody_waits_for_the_ledger()
    making.join(20)
    assert raised == []
    datakeys.forget()
    assert datakeys.current(HER).scope == HER


@together
@pytest.mark.django_db(transaction=True)
def test_two_who_make_a_key_at_once_agree_and_write_one_line():
    with transaction.atomic():
        record(by=BY, verb="case.seen", about="case:1")
        makers = [beside(lambda: actions.make_key(scope=HER, by=BY)) for _ in range(2)]
        until_somebody_waits_for_the_ledger()
    for thread, _raised in makers:
        thread.join(20)
    assert [raised for _thread, raised in makers] == [[], []]
    assert DataKey.objects.filter(scope=HER).count() == 1
    key = DataKey.objects.get(scope=HER)
    assert list(Entry.objects.filter(verb="key.made", about=f"key:{key.id}")) != []
    bodies = [bytes(line.body) for line in Entry.objects.filter(verb="key.made")]
    assert sum(HER.encode() in body for body in bodies) == 1


@transaction.atomic
def broken_off():
    actions.renew_installation_key(by=BY)
    raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_a_replacement_broken_off_twice_loses_no_key(channel, own_keys):
    """Each leaves its new key in the file; the one that wraps everything must stay there too."""
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            broken_off()
    datakeys.forget()
    assert ChannelAccount.objects.get(pk=channel.pk).secrets == {"app_secret": "siri"}
    actions.renew_installation_key(by=BY)
    datakeys.forget()
    assert len(keyring.installation_keys()) == 1
    assert ChannelAccount.objects.get(pk=channel.pk).secrets == {"app_secret": "siri"}


@pytest.mark.django_db
@pytest.mark.parametrize("scope", [terms.HOUSE, terms.INDEX, terms.INTAKE, "person:", "case:x"])
def test_the_houses_own_keys_are_never_destroyed(scope):
    with pytest.raises(ValueError, match="only a person's or a case's"):
        actions.shred(scope=scope, reason=ShredReason.ASKED, by=BY)
    assert not DataKey.objects.filter(shredded_at__isnull=False).exists()
