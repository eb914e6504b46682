"""Reading the template library."""

from typing import TypeAlias

from django.db.models import F, Prefetch, Q, QuerySet

from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.templates import blanks
from nyumbani.inbox.channels import registry
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.templates import Template, TemplateNews, TemplateWords
from nyumbani.inbox.outlet import outlet_to
from nyumbani.inbox.permissions import may_keep_templates
from nyumbani.inbox.queries.joins import theirs
from nyumbani.inbox.terms import TemplateStatus

# Rows as pages hold them: pages never import tables.
Kept: TypeAlias = Template
Words: TypeAlias = TemplateWords


def accounts(viewer: Viewer) -> QuerySet[ChannelAccount]:
    """Our accounts on platforms that approve templates."""
    kinds = [kind for kind in registry.kinds() if registry.channel(kind).library is not None]
    found = ChannelAccount.objects.filter(channel__in=kinds)
    return found if may_keep_templates(viewer) else found.none()


def account(viewer: Viewer, account_id: str) -> ChannelAccount | None:
    """One of them."""
    return accounts(viewer).filter(pk=account_id).first()


def library(viewer: Viewer) -> QuerySet[Template]:
    """Every template with its words, those in use first."""
    words = TemplateWords.objects.select_related("written_by")
    return (
        Template.objects.filter(account__in=accounts(viewer))
        .select_related("account")
        .prefetch_related(Prefetch("words", words))
        .order_by(F("retired_at").asc(nulls_first=True), "name", "id")
    )


def template(viewer: Viewer, template_id: str) -> Template | None:
    """One of them."""
    return library(viewer).filter(pk=template_id).first()


def words(viewer: Viewer, words_id: str) -> TemplateWords | None:
    """A template in one language."""
    return (
        TemplateWords.objects.filter(template__account__in=accounts(viewer), pk=words_id)
        .select_related("template__account")
        .first()
    )


def news(viewer: Viewer, found: TemplateWords) -> QuerySet[TemplateNews]:
    """What the platform said of these words, the newest first."""
    return TemplateNews.objects.filter(words=found, words__template__account__in=accounts(viewer))


def for_many(viewer: Viewer) -> list[Template]:
    """Templates with approved words without blanks: what may go to many alike."""
    approved = TemplateWords.objects.filter(
        status=TemplateStatus.APPROVED, is_plain=True, template__retired_at=None
    ).select_related("template")
    if not viewer.may_send:
        return []
    found = {one.template_id: one.template for one in approved if not blanks(one.body)}
    return sorted(found.values(), key=lambda one: (one.name, one.pk))


def offered(
    viewer: Viewer, thread: Conversation, through: ChannelAccount | None
) -> list[TemplateWords]:
    """Approved templates that may be sent to her through this account; her languages' first."""
    if through is None or not viewer.may_send:
        return []
    shared = Q(template__account=through)
    if through.business:
        shared |= Q(
            template__account__channel=through.channel,
            template__account__business=through.business,
        )
    found = TemplateWords.objects.filter(
        shared, status=TemplateStatus.APPROVED, is_plain=True, template__retired_at=None
    ).select_related("template__account")
    hers = thread.person.languages
    return sorted(found, key=lambda one: (_place(one, hers), one.template.name, one.language))


def offer(viewer: Viewer, thread: Conversation, words_id: str) -> TemplateWords | None:
    """One of those."""
    through = outlet_to(thread, among=theirs(viewer, thread) or [thread]).account
    return next((one for one in offered(viewer, thread, through) if one.pk == words_id), None)


def _place(found: TemplateWords, hers: list[str]) -> int:
    language = found.language.partition("_")[0]
    return hers.index(language) if language in hers else len(hers)
