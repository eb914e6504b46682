"""Who may open which address: every named URL stands here, or the suite fails.

GET where a page can be looked at, POST where it only acts. What one may not open is 404 for whoever
is signed in, and the sign-in page for whoever is not.
"""

from dataclasses import dataclass, field

from nyumbani.accounts.terms import Role

ALL = frozenset(Role)
INBOX = frozenset({Role.CASEWORKER, Role.COORDINATOR})
CASES = ALL - {Role.ADMINISTRATOR, Role.DATA_OFFICER}
GLASS = INBOX | {Role.LEGAL_OFFICER, Role.DIRECTOR}
SYSTEM = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.DIRECTOR})
ADMIN = frozenset({Role.ADMINISTRATOR})
SENDING = frozenset(
    {Role.CASEWORKER, Role.COORDINATOR, Role.ESCORT, Role.DOCUMENT_OFFICER, Role.AFTERCARE_WORKER}
)


@dataclass(frozen=True)
class Page:
    """One address: how it is asked for and which roles get through, outside and inside the case."""

    outside: frozenset[Role] = frozenset()  # staff who do not belong to the case
    inside: frozenset[Role] = frozenset()  # staff who do
    method: str = "get"
    args: dict[str, str] = field(default_factory=dict)  # URL argument → what of the world it is
    data: dict[str, str] = field(default_factory=dict)
    public: bool = False
    demo: bool = False  # 404 outside a demonstration
    own: bool = False  # its own tests in tests/accounts decide: depends on the session's state


def everybody(**more):
    return Page(outside=ALL, inside=ALL, **more)


def some(roles, **more):
    return Page(outside=roles, inside=roles, **more)


def team(roles=CASES, **more):
    return Page(inside=roles, **more)


CASE = {"case_id": "case"}
PERSON = {"person_id": "person"}
MESSAGE = {"person_id": "person", "message_id": "message"}
STAFF = {"staff_id": "staff"}

ACCESS = {
    "hook": Page(public=True, args={"channel": "whatsapp!"}),
    "hook-by-word": Page(public=True, args={"channel": "sms!", "word": "word!"}, method="post"),
    "set_language": Page(public=True, method="post"),
    # sign-in and second factor: tests/accounts
    **{
        name: Page(own=True)
        for name in (
            "account_login", "account_logout", "mfa_authenticate", "account_reauthenticate",
            "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_change_password",
            "usersessions_list", "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp",
            "mfa_list_webauthn", "mfa_add_webauthn", "mfa_remove_webauthn",
            "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "accounts:set-up",
            "accounts:demo", "accounts:demo-link", "accounts:second-factor",
            "accounts:end-session", "accounts:lock", "accounts:stay", "accounts:unlock",
            "accounts:leave", "accounts:left",
        )
    },
    "accounts:me": everybody(),
    "accounts:staff": some(ADMIN),
    "accounts:invite": some(ADMIN),
    "accounts:staff-person": some(ADMIN, args=STAFF),
    "accounts:grant-role": some(ADMIN, args=STAFF, method="post", data={"role": "trainer"}),
    "accounts:end-role": some(ADMIN, args=STAFF, method="post", data={"role": "caseworker"}),
    "accounts:new-link": some(ADMIN, args=STAFF),
    "accounts:deactivate": some(ADMIN, args=STAFF),
    "accounts:waiting": some(frozenset({Role.DIRECTOR})),
    "accounts:decide": some(
        frozenset({Role.DIRECTOR}), args=STAFF, method="post", data={"answer": "agree"}
    ),
    "accounts:bring-back": some(ADMIN, args=STAFF, method="post"),
    # desk
    "desk:today": everybody(),
    "desk:jump": some(CASES, method="post", data={"q": "NYB-0"}),
    "desk:system": some(SYSTEM),
    "desk:job-again": some(SYSTEM, args={"job_id": "job"}, method="post"),
    "desk:job-aside": some(SYSTEM, args={"job_id": "job"}, method="post"),
    "desk:inbox": some(CASES),
    "desk:inbox-news": some(CASES),
    "desk:odd": some(CASES),
    "desk:not-sent": some(CASES),
    "desk:thread": team(args=PERSON),
    "desk:thread-news": team(args=PERSON),
    "desk:reply": team(SENDING, args=PERSON, method="post"),
    "desk:take-up": team(INBOX, args=MESSAGE),
    "desk:cases": some(CASES),
    "desk:case": team(args=CASE),
    "desk:person": team(args=PERSON),
    "desk:reach": team(args=PERSON, method="post"),
    # cases
    "cases:open": some(INBOX, method="post"),
    "cases:break-glass": some(GLASS, method="post"),
    **{
        f"cases:{verb}": team(args=CASE, method="post")
        for verb in (
            "judge-urgency", "set-task", "note", "write-fact", "add-member",
        )
    },
    "cases:move-stage": team(args=CASE, method="post", data={"stage": "assessment"}),
    # Only the lead decides who works on a case: test_only_the_lead_lets_colleagues_in.
    "cases:assign": Page(args=CASE, method="post"),
    "cases:take-off": Page(args=CASE, method="post"),
    # Only for a case that has nobody, which this one is not: tests/cases/test_orphans.py.
    "cases:name-lead": Page(args=CASE, method="post"),
    "cases:tick": team(args=CASE | {"task_id": "task"}, method="post"),
    "cases:judge-fact": team(
        args=CASE | {"fact_id": "fact"}, method="post", data={"standing": "established"}
    ),
    "cases:note-name": team(args=PERSON, method="post"),
    "cases:note-languages": team(args=PERSON, method="post"),
    "cases:acknowledge": Page(method="post", args={"notice_id": "notice"}),
    "cases:decide-pair": Page(own=True),  # both people must be open: tests/desk
    # inbox
    "inbox:note": team(args=PERSON, method="post"),
    "inbox:assign": team(SENDING | {Role.DIRECTOR}, args=PERSON, method="post"),
    "inbox:fact": team(args=MESSAGE, method="post"),
    "inbox:safe-contact": team(args=PERSON),
    "inbox:settle-alarm": team(args={"alarm_id": "alarm"}, method="post"),
    "inbox:send-again": team(SENDING, args={"attempt_id": "attempt"}, method="post"),
    # Nobody's items are for those who answer the inbox: tests/desk/test_odd.py.
    "inbox:settle-odd": team(args={"item_id": "odd"}, method="post"),
    "inbox:file": team(args={"file_id": "file"}),
    "inbox:keep-file": team(args={"file_id": "file"}),
    # the demonstration
    **{
        f"drill:{name}": Page(demo=True)
        for name in ("stage", "checks", "play", "time", "again", "ready", "phones")
    },
    **{
        f"drill:{name}": Page(demo=True, args={"key": "rehema!"})
        for name in ("phone", "chat", "write", "do", "change")
    },
}  # fmt: skip
