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
COORDINATING = frozenset({Role.COORDINATOR})
LEADING = frozenset({Role.COORDINATOR, Role.DIRECTOR})
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
CHAT = {"chat_id": "chat"}
EXPORT = {"export_id": "export"}
SHEET = {"sheet_id": "sheet"}

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
    "desk:find": some(CASES),
    "desk:find-in": team(args=PERSON),
    "desk:views": some(CASES),
    # Only whoever keeps it: test_views.
    "desk:view": Page(args={"view_id": "view"}, method="post"),
    "desk:thread": team(args=PERSON),
    "desk:thread-news": team(args=PERSON),
    "desk:reply": team(SENDING, args=PERSON, method="post"),
    "desk:into-case": team(args=PERSON),
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
            "judge-urgency", "set-task", "note", "write-fact", "add-member", "group-say",
        )
    },
    "cases:group-take-back": team(args=CASE | {"event_id": "event"}, method="post"),
    "cases:group-confirm": team(args=CASE | {"event_id": "event"}, method="post"),
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
    "cases:consent": team(args=PERSON),
    "cases:give-consent": team(args=PERSON),
    "cases:say-never": team(args=PERSON),
    "cases:say-wish": team(args=PERSON, method="post", data={"level": "confidential"}),
    "cases:withdraw-consent": team(args=PERSON | {"consent_id": "consent"}),
    # ... and whoever leads her case: tests/cases/test_consent_pages.py.
    "cases:override-consent": team(GLASS - {Role.CASEWORKER}, args=PERSON),
    "cases:second-override": team(
        GLASS - {Role.CASEWORKER}, args={"override_id": "override"}, method="post"
    ),
    # Only whoever was told: tests/cases/test_consent_pages.py.
    "cases:acknowledge-override": Page(method="post", args={"notice_id": "override_notice"}),
    "cases:acknowledge": Page(method="post", args={"notice_id": "notice"}),
    "cases:decide-pair": Page(own=True),  # both people must be open: tests/desk
    # inbox
    "inbox:lay-aside": team(args=PERSON, method="post", data={"when": "hour"}),
    "inbox:take-back": team(args=PERSON, method="post"),
    "inbox:label": team(args=PERSON, method="post"),
    "inbox:labels": some(frozenset({Role.COORDINATOR})),
    "inbox:end-label": some(
        frozenset({Role.COORDINATOR}), args={"label_id": "label"}, method="post"
    ),
    "inbox:judge": team(args=MESSAGE),
    "inbox:note": team(args=PERSON, method="post"),
    "inbox:assign": team(SENDING | {Role.DIRECTOR}, args=PERSON, method="post"),
    "inbox:fact": team(args=MESSAGE, method="post"),
    "inbox:safe-contact": team(args=PERSON),
    "inbox:templates": some(SYSTEM),
    "inbox:template-new": some(SYSTEM),
    "inbox:template-words": some(SYSTEM, args={"template_id": "template"}),
    "inbox:template-change": some(SYSTEM, args={"words_id": "words"}),
    "inbox:template-submit": some(SYSTEM, args={"words_id": "words"}, method="post"),
    "inbox:template-retire": some(
        SYSTEM, args={"template_id": "template"}, method="post", data={"back": "1"}
    ),
    "inbox:template-list": some(SYSTEM, args={"account_id": "account"}, method="post"),
    "inbox:template-account": some(SYSTEM, args={"account_id": "account"}, method="post"),
    "inbox:template-to": team(SENDING, args=PERSON | {"words_id": "words"}),
    "inbox:whose": team(args=MESSAGE),
    "inbox:send-file": team(SENDING, args=PERSON),
    "inbox:keep-original": team(args={"file_id": "sent"}),
    "inbox:about": team(args=MESSAGE, method="post"),
    "inbox:undo-whose": team(args={"act": "act"}, method="post"),
    "inbox:elsewhere": team(args=PERSON),
    "inbox:shared": some(CASES),
    "inbox:join": team(SENDING | {Role.DIRECTOR}, args=PERSON),
    "inbox:undo-join": team(SENDING | {Role.DIRECTOR}, args={"join_id": "join"}, method="post"),
    "inbox:place": team(args={"person_id": "person", "message_id": "place"}),
    "inbox:settle-alarm": team(args={"alarm_id": "alarm"}, method="post"),
    "inbox:send-again": team(SENDING, args={"attempt_id": "attempt"}, method="post"),
    # Nobody's items are for those who answer the inbox: tests/desk/test_odd.py.
    "inbox:settle-odd": team(args={"item_id": "odd"}, method="post"),
    "inbox:channels": some(ADMIN),
    "inbox:channel-connect": some(ADMIN, args={"kind": "sms!"}),
    "inbox:channel-secrets": some(ADMIN, args={"account_id": "account"}),
    "inbox:channel-test": some(ADMIN, args={"account_id": "account"}, method="post"),
    "inbox:file": team(args={"file_id": "file"}),
    "inbox:keep-file": team(args={"file_id": "file"}),
    "inbox:file-page": team(args={"file_id": "paper", "number": "1!"}),
    # chats: this one is of the case; those without a case stand in tests/chats/test_who_may.py
    "chats:list": some(CASES),
    "chats:bring": some(INBOX),
    "chats:export": team(args=EXPORT),
    "chats:export-news": team(args=EXPORT),
    "chats:answer": team(args=EXPORT, method="post", data={"order": "dmy"}),
    "chats:stop": team(args=EXPORT, method="post"),
    "chats:again": team(args=EXPORT, method="post"),
    "chats:original": team(args=EXPORT),
    "chats:file": team(args={"file_id": "chat_file"}),
    "chats:chat": team(args=CHAT),
    "chats:people": team(args=CHAT),
    "chats:say-who": team(args=CHAT | {"sender_id": "sender"}),
    # sheets: inside a case for who leads it (tests/sheets/test_who_may.py) and for coordinators
    "sheets:bring": team(COORDINATING, args=CASE),
    "sheets:sheet": team(COORDINATING, args=SHEET),
    "sheets:answer": team(COORDINATING, args=SHEET, method="post"),
    "sheets:columns": team(COORDINATING, args=SHEET, method="post"),
    "sheets:add": team(COORDINATING, args=SHEET, method="post"),
    "sheets:original": team(COORDINATING, args=SHEET),
    "chats:take-back": team(args=CHAT | {"sender_id": "sender"}, method="post"),
    # watch
    "watch:watch": everybody(),
    "watch:roster": everybody(),
    # Whoever has a turn of their own hands it over, too: tests/watch/test_roster.py.
    "watch:plan-shift": some(LEADING, method="post"),
    "watch:hand-over": some(LEADING, method="post"),
    "watch:end-shift": some(LEADING, args={"shift_id": "shift"}, method="post"),
    "watch:figures": some(LEADING),
    "watch:person": team(args=PERSON),
    "watch:limit": team(args=PERSON, method="post"),
    "watch:pause": team(args=PERSON, method="post"),
    # Whoever is on duty and broke the glass, too: tests/watch/test_pages.py.
    "watch:sign": team(args=PERSON, method="post"),
    "watch:settle": team(args=PERSON, method="post"),
    # words to many; what a filter found is its maker's alone: tests/broadcasts/test_preview.py
    "broadcasts:index": some(CASES),
    "broadcasts:new": some(SENDING),
    "broadcasts:show": team(args={"broadcast_id": "to_many"}),
    "broadcasts:edit": team(SENDING, args={"broadcast_id": "to_many"}),
    "broadcasts:send": team(SENDING, args={"broadcast_id": "to_many"}, method="post"),
    "broadcasts:stop": team(SENDING, args={"broadcast_id": "to_many"}, method="post"),
    "broadcasts:move-on": team(SENDING, args={"recipient_id": "recipient"}, method="post"),
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
