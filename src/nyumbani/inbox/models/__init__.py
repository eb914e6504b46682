"""The tables of the inbox, one noun a file; naming them here makes them known to Django."""

from nyumbani.inbox.models import (  # noqa: F401
    accounts,
    alarms,
    attention,
    attribution,
    conversations,
    copies,
    enclosures,
    joins,
    journal,
    labels,
    messages,
    sending,
    templates,
    triage,
    trials,
)
