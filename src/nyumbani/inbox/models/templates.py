"""The template library: words of ours that a platform has approved, and what it said of them.

They are the house's own words, written for anybody: nothing in them is personal, so they stand
open. What is filled into their blanks is, and stands sealed with the message.
"""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.terms import TemplateCategory, TemplateStatus
from nyumbani.kit import ids


class Template(models.Model):
    """One thing we may say to somebody who has been silent for long, in several languages."""

    id = models.CharField(primary_key=True, max_length=ids.LENGTH, default=ids.new, editable=False)
    account = models.ForeignKey(ChannelAccount, models.PROTECT, related_name="+")
    name = models.CharField(max_length=512)  # as the platform knows it; it tells nothing
    category = models.CharField(max_length=16, choices=TemplateCategory)
    category_at = models.DateTimeField(null=True)  # when the platform last said so
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)  # no longer offered to anybody here

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="one_template_a_name"),
            models.CheckConstraint(
                condition=Q(category__in=TemplateCategory.values), name="template_category_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TemplateWords(models.Model):
    """A template in one language, and where it stands with the platform."""

    id = models.CharField(primary_key=True, max_length=ids.LENGTH, default=ids.new, editable=False)
    template = models.ForeignKey(Template, models.PROTECT, related_name="words")
    language = models.CharField(max_length=12)  # the platform's code: sw, en, pt_BR
    body = models.TextField()  # with blanks {{1}}, {{2}} …
    examples = models.JSONField(default=list)  # one a blank; invented, for the platform's reviewers
    platform_id = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=12, choices=TemplateStatus, default=TemplateStatus.DRAFT)
    reason = models.CharField(max_length=200, blank=True)  # why rejected, paused or disabled
    quality = models.CharField(max_length=16, blank=True)
    is_plain = models.BooleanField(default=True)  # words alone: no picture, no button to fill
    written_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    override_why = models.CharField(max_length=500, blank=True)  # why these words in spite of hits
    asked_at = models.DateTimeField(null=True)  # on its way to the platform since
    changed_at = models.DateTimeField()  # since when `status` holds, by the platform's time
    quality_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["language", "id"]
        constraints = [
            models.UniqueConstraint(fields=["template", "language"], name="one_body_a_language"),
            models.CheckConstraint(
                condition=Q(status__in=TemplateStatus.values), name="template_status_is_known"
            ),
            # Approved is never said before the platform said so, and it knows it by its own id.
            models.CheckConstraint(
                condition=~Q(status="approved") | ~Q(platform_id=""),
                name="approved_means_the_platform_said_so",
            ),
        ]
        indexes = [models.Index(fields=["platform_id"], name="templates_by_platform_id")]

    def __str__(self) -> str:
        return f"{self.template_id} in {self.language}"


class TemplateNews(models.Model):
    """One thing the platform said of a template, in whatever order it came; never twice."""

    id = models.CharField(primary_key=True, max_length=ids.LENGTH, default=ids.new, editable=False)
    words = models.ForeignKey(TemplateWords, models.PROTECT, related_name="+")
    key_digest = models.CharField(max_length=64, unique=True)
    matter = models.CharField(max_length=10)  # status, quality or category
    said = models.CharField(max_length=40)  # the platform's word
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.matter} {self.said}"
