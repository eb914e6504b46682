"""What each role opens. Membership of a case narrows this further (nyumbani.cases)."""

from collections.abc import Set as AbstractSet

from nyumbani.accounts.terms import Role

Roles = AbstractSet[Role]

FIELD_ROLES = frozenset(
    {
        Role.CASEWORKER,
        Role.COORDINATOR,
        Role.ESCORT,
        Role.DOCUMENT_OFFICER,
        Role.AFTERCARE_WORKER,
    }
)
CASE_ROLES = FIELD_ROLES | {Role.TRAINER, Role.LEGAL_OFFICER, Role.DIRECTOR}
INBOX_ROLES = frozenset({Role.CASEWORKER, Role.COORDINATOR})
GLASS_ROLES = frozenset({Role.CASEWORKER, Role.COORDINATOR, Role.LEGAL_OFFICER, Role.DIRECTOR})
LEADING_ROLES = frozenset({Role.COORDINATOR, Role.DIRECTOR})
LEDGER_ROLES = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})


def may_look_after_staff(roles: Roles) -> bool:
    """Invite colleagues, give and end roles, end accounts."""
    return Role.ADMINISTRATOR in roles


def may_read_cases(roles: Roles) -> bool:
    """Open the cases one belongs to. Who runs the machine never does, whatever else they are."""
    return Role.ADMINISTRATOR not in roles and bool(roles & CASE_ROLES)


def may_open_cases(roles: Roles) -> bool:
    """Open a new case and take part in it from its first line."""
    return may_read_cases(roles) and bool(roles & INBOX_ROLES)


def may_lead(roles: Roles) -> bool:
    """Assign the cases one is in, be told when a glass is broken, count cases nobody works on.

    No case and no head line opens by this alone.
    """
    return may_read_cases(roles) and bool(roles & LEADING_ROLES)


def may_break_glass(roles: Roles) -> bool:
    """Open a case one does not belong to, with a reason, while two people are told."""
    return may_read_cases(roles) and bool(roles & GLASS_ROLES)


def may_read_inbox(roles: Roles) -> bool:
    """Read messages that belong to no case yet."""
    return may_read_cases(roles) and bool(roles & INBOX_ROLES)


def may_send(roles: Roles) -> bool:
    """Write to people in distress, in the cases one belongs to."""
    return may_read_cases(roles) and bool(roles & FIELD_ROLES)


def may_read_ledger(roles: Roles) -> bool:
    """Read who did and saw what; the ledger itself holds no personal data."""
    return bool(roles & LEDGER_ROLES)


def may_agree(roles: Roles) -> bool:
    """Agree, as the second person, that a colleague may come in or work where cases are read."""
    return may_read_cases(roles) and Role.DIRECTOR in roles


def may_hold_together(roles: Roles) -> bool:
    """Whether one person may have all these roles: an administrator has no part in cases."""
    return Role.ADMINISTRATOR not in roles or not roles & CASE_ROLES
