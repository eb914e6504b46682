"""The template library: writing words, having them approved, and what the platform says of them."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor, viewer_for
from nyumbani.audit.actions import record
from nyumbani.domain.answers import Answer
from nyumbani.domain.safe_words import Hit, Words, weigh
from nyumbani.domain.templates import (
    CHANGEABLE,
    Status,
    is_language,
    is_newer,
    may_be_named,
    may_be_written,
    status_for,
)
from nyumbani.inbox.actions.standing import sort, stand
from nyumbani.inbox.channels.library import Listed
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.templates import Template, TemplateWords
from nyumbani.inbox.permissions import may_overrule_lint
from nyumbani.inbox.terms import TemplateCategory, TemplateStatus
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import Doer


class NotKept(Exception):
    """Words were not accepted into the library; `answer` says why."""

    def __init__(self, answer: Answer, hits: Sequence[Hit] = ()) -> None:
        super().__init__(answer.why)
        self.answer, self.hits = answer, tuple(hits)


@transaction.atomic
def begin(*, account: ChannelAccount, name: str, category: TemplateCategory, by: Actor) -> Template:
    """Give something we may say to the silent its place and its name."""
    row = Template(
        id=ids.new(), account=account, name=name, category=category, added_at=clock.now()
    )
    record(by=by, verb="template.begun", about=f"template:{row.id}")
    named = may_be_named(name)
    if not named:
        raise NotKept(named)
    hits = weigh(name.replace("_", " "), _house())  # it stands in the platform's lists
    if hits:
        raise NotKept(Answer.no("unsafe_name"), hits)
    if Template.objects.filter(account=account, name=name).exists():
        raise NotKept(Answer.no("template_name_taken"))
    row.save(force_insert=True)
    return row


@transaction.atomic
def begin_with(
    *, account: ChannelAccount, name: str, category: TemplateCategory, language: str, body: str,
    examples: Sequence[str], by: Actor, override: str = "",
) -> TemplateWords:  # fmt: skip
    """Begin a template together with its first words: both are kept, or neither."""
    row = begin(account=account, name=name, category=category, by=by)
    return write(
        template=row, language=language, body=body, examples=examples, by=by, override=override
    )


@transaction.atomic
def write(
    *, template: Template, language: str, body: str, examples: Sequence[str], by: Actor,
    override: str = "",
) -> TemplateWords:  # fmt: skip
    """Write it in one language: a draft, shown to nobody outside yet.

    `override` is why these words stand although the lint found something in them.
    """
    row = TemplateWords(
        id=ids.new(), template=template, language=language, written_by_id=by.staff_id,
        body=body.strip(), examples=[one.strip() for one in examples], override_why=override,
        changed_at=clock.now(),
    )  # fmt: skip
    record(by=by, verb="template.written", about=f"template:{row.id}", overridden=bool(override))
    _check(row, by)
    if TemplateWords.objects.filter(template=template, language=language).exists():
        raise NotKept(Answer.no("template_language_taken"))
    row.save(force_insert=True)
    return row


@transaction.atomic
def change(
    *, words: TemplateWords, body: str, examples: Sequence[str], by: Actor, override: str = ""
) -> TemplateWords:
    """Word it otherwise: a draft again, which nobody may send until the platform approves it."""
    record(by=by, verb="template.changed", about=f"template:{words.id}", overridden=bool(override))
    words = TemplateWords.objects.select_for_update().get(pk=words.pk)
    if Status(words.status) not in CHANGEABLE or words.asked_at is not None:
        raise NotKept(Answer.no("template_being_checked"))
    words.body, words.examples = body.strip(), [one.strip() for one in examples]
    words.override_why, words.written_by_id = override, by.staff_id
    words.status, words.reason, words.changed_at = TemplateStatus.DRAFT, "", clock.now()
    _check(words, by)
    words.save(force_update=True)
    return words


@transaction.atomic
def submit(*, words: TemplateWords, by: Actor) -> None:
    """Have the platform look at it; that it does is said only when it says so."""
    record(by=by, verb="template.submitted", about=f"template:{words.id}")
    words = TemplateWords.objects.select_for_update().get(pk=words.pk)
    account = words.template.account
    if not account.business:
        raise NotKept(Answer.no("no_business"))
    if account.stopped_at is not None:
        raise NotKept(Answer.no("stopped"))
    if words.status not in {TemplateStatus.DRAFT, TemplateStatus.REJECTED} or words.asked_at:
        raise NotKept(Answer.no("template_being_checked"))
    words.asked_at, words.reason = clock.now(), ""
    words.save(update_fields=["asked_at", "reason"])
    enqueue(kind="inbox.submit", data={"words": words.pk}, by=by)


@transaction.atomic
def retire(*, template: Template, by: Actor) -> None:
    """Offer it to nobody any more; what was sent in its words stays as it is."""
    record(by=by, verb="template.retired", about=f"template:{template.id}")
    Template.objects.filter(pk=template.pk, retired_at=None).update(retired_at=clock.now())


@transaction.atomic
def bring_back(*, template: Template, by: Actor) -> None:
    """Offer it again."""
    record(by=by, verb="template.brought_back", about=f"template:{template.id}")
    Template.objects.filter(pk=template.pk).update(retired_at=None)


@transaction.atomic
def ask_for_list(*, account: ChannelAccount, by: Doer) -> None:
    """Have the platform asked which templates there are, and where each stands."""
    record(by=by, verb="template.list_asked", about=f"channel:{account.id}")
    if not account.business:
        raise NotKept(Answer.no("no_business"))
    enqueue(
        kind="inbox.templates", data={"account": account.pk}, by=by, key=f"templates:{account.pk}"
    )


@transaction.atomic
def taken(
    *, words_id: str, platform_id: str, said: str, category: str, at: dt.datetime, by: Doer
) -> None:
    """The platform took the words, and may have judged them at once; `at` is when we asked."""
    record(by=by, verb="template.taken", about=f"template:{words_id}")
    words = TemplateWords.objects.select_for_update().get(pk=words_id)
    words.platform_id, words.asked_at = platform_id or words.platform_id, None
    status = status_for(said) or Status.SUBMITTED
    if words.status == TemplateStatus.DRAFT or is_newer(
        Status(words.status), words.changed_at, status, at
    ):
        words.status, words.changed_at = TemplateStatus(status), at
    words.save(force_update=True)
    words.template.save(update_fields=sort(words.template, category, at))


@transaction.atomic
def not_taken(*, words_id: str, why: str, by: Doer) -> None:
    """The platform would not even look at the words; `why` is ours to read."""
    record(by=by, verb="template.not_taken", about=f"template:{words_id}")
    words = TemplateWords.objects.select_for_update().get(pk=words_id)
    words.asked_at, words.reason = None, why[:200]
    words.save(update_fields=["asked_at", "reason"])


@transaction.atomic
def learn(*, words_id: str, said: str, by: Doer) -> None:
    """Sending was refused because of the words themselves: so the platform's status is known."""
    record(by=by, verb="template.status_learnt", about=f"template:{words_id}")
    words = TemplateWords.objects.select_for_update().get(pk=words_id)
    words.save(update_fields=stand(words, said, "", clock.now()))


@transaction.atomic
def listed(*, account: ChannelAccount, items: Sequence[Listed], at: dt.datetime, by: Doer) -> None:
    """Take over what the platform has, also what was written there instead of here."""
    record(by=by, verb="template.listed", about=f"channel:{account.id}", count=len(items))
    for item in items:
        if item.category in TemplateCategory.values and is_language(item.language):
            _take_over(account, item, at)


@transaction.atomic
def gone(*, account: ChannelAccount, known: Sequence[str], at: dt.datetime, by: Doer) -> None:
    """What the platform does not list any more (`known` are the ids it lists) is deleted there."""
    record(by=by, verb="template.list_compared", about=f"channel:{account.id}")
    ours = TemplateWords.objects.filter(template__account=account, changed_at__lt=at)
    for words in ours.exclude(platform_id="").exclude(platform_id__in=known):
        words.save(update_fields=stand(words, "DELETED", "", at))


def _take_over(account: ChannelAccount, item: Listed, at: dt.datetime) -> None:
    template = Template.objects.filter(account=account, name=item.name).first()
    if template is None:
        template = Template(
            id=ids.new(), account=account, name=item.name, category=item.category, added_at=at
        )
        template.save(force_insert=True)
    words = TemplateWords.objects.filter(template=template, language=item.language).first()
    if words is None:
        words = TemplateWords(
            id=ids.new(), template=template, language=item.language, body=item.body,
            examples=list(item.examples), changed_at=dt.datetime.fromtimestamp(0, dt.UTC),
            is_plain=item.is_plain,
        )  # fmt: skip
        words.save(force_insert=True)
    words.quality, words.is_plain = item.quality, item.is_plain
    words.platform_id = item.platform_id
    if words.status != TemplateStatus.DRAFT:  # changed there: what is sent are the words it has
        words.body, words.examples = item.body, list(item.examples)
    words.save(update_fields=["quality", "is_plain", "platform_id", "body", "examples"])
    words.save(
        update_fields=stand(
            words, item.status, item.reason, at, is_of_these=words.body == item.body
        )
    )
    template.save(update_fields=sort(template, item.category, at))


def _check(words: TemplateWords, by: Actor) -> None:
    """Whether these words may be kept; `override_why` counts only from who leads."""
    if not is_language(words.language):
        raise NotKept(Answer.no("template_language"))
    fits = may_be_written(words.body, words.examples)
    if not fits:
        raise NotKept(fits)
    hits = weigh(words.body, _house())
    if not hits:
        words.override_why = ""
    elif not words.override_why:
        raise NotKept(Answer.no("unsafe_words"), hits)
    elif not may_overrule_lint(viewer_for(Staff.objects.get(pk=by.staff_id))):
        raise NotKept(Answer.no("not_yours_to_overrule"), hits)


def _house() -> Words:
    """What must never stand in words that may go to anybody."""
    return Words(tuple(settings.NYUMBANI_NAMES))
