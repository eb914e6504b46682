"""What a platform tells of our templates, in any order and twice: the newest holds."""

from django.db.models import Q
from django.utils.translation import gettext_noop

from nyumbani.domain.templates import WARNINGS
from nyumbani.inbox.actions.page import CannotPlace, Page
from nyumbani.inbox.actions.standing import sort, stand
from nyumbani.inbox.channels.events import InboundEvent
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.templates import TemplateNews, TemplateWords
from nyumbani.inbox.terms import TemplateCategory
from nyumbani.vault import index

NOT_OURS = gettext_noop("a template that is not in our library")


def take_template(event: InboundEvent, page: Page) -> None:
    """A template of ours was approved, rejected, paused, sorted otherwise or disliked."""
    key = index.digest(f"template|{event.channel}", event.key)
    if TemplateNews.objects.filter(key_digest=key).exists():
        return
    words = _words(event)
    if words is None:
        raise CannotPlace(NOT_OURS)
    news = TemplateNews(
        words=words, key_digest=key, matter=str(event.data["matter"]), said=event.status[:40],
        reason=event.text[:200], at=event.sent_at or page.entry.received_at,
    )  # fmt: skip
    news.save(force_insert=True)
    _TAKE[news.matter](words, news, str(event.data.get("platform_id", "")))


def _words(event: InboundEvent) -> TemplateWords | None:
    """By the platform's id; else by name and language within the business account it names."""
    told = {name: str(event.data.get(name, "")) for name in ("platform_id", "name", "language")}
    rows = TemplateWords.objects.select_for_update().select_related("template")
    ours = rows.filter(template__account__channel=event.channel)
    by_id = Q(platform_id=told["platform_id"]) if told["platform_id"] else Q(pk__in=[])
    found = ours.filter(by_id).first()
    business = str(event.data.get("business", ""))
    if found is not None or not business:
        return found
    accounts = ChannelAccount.objects.filter(channel=event.channel, business=business)
    named = Q(template__name=told["name"], language=told["language"])
    return ours.filter(named, template__account__in=accounts).first()


def _status(words: TemplateWords, news: TemplateNews, platform_id: str) -> None:
    if news.said in WARNINGS:
        _quality(words, news, platform_id)
        return
    if not words.platform_id and platform_id and words.asked_at is not None:
        # It knows the words before its answer to us has come: it came first, or was lost.
        words.platform_id = platform_id
        words.save(update_fields=["platform_id"])
    words.save(update_fields=stand(words, news.said, news.reason, news.at))


def _quality(words: TemplateWords, news: TemplateNews, _platform_id: str) -> None:
    if words.quality_at is None or words.quality_at <= news.at:
        words.quality, words.quality_at = news.said.lower()[:16], news.at
        words.save(update_fields=["quality", "quality_at"])


def _category(words: TemplateWords, news: TemplateNews, _platform_id: str) -> None:
    if news.said.lower() not in TemplateCategory.values:
        raise CannotPlace(gettext_noop("a category we do not know"))
    words.template.save(update_fields=sort(words.template, news.said.lower(), news.at))


_TAKE = {"status": _status, "quality": _quality, "category": _category}
