"""Who wrote how often: counted from the lines themselves, so that the sums always agree."""

from django.db import transaction
from django.db.models import Count, Max, Min

from nyumbani.audit.actions import record
from nyumbani.chats.models import ChatLine, ChatSender
from nyumbani.kit.doer import Doer


@transaction.atomic
def count_again(*, chat_id: str, by: Doer) -> int:
    """Count each sender's lines and note the first and the last; returns the number of senders."""
    record(by=by, verb="chat.counted", about=f"chat:{chat_id}")
    rows = ChatLine.objects.filter(chat=chat_id, sender__isnull=False).order_by()
    tallies = rows.values_list("sender").annotate(Count("pk"), Min("sent_at"), Max("sent_at"))
    counts = {sender_id: tally for sender_id, *tally in tallies}
    senders = list(ChatSender.objects.filter(chat=chat_id))
    for sender in senders:
        lines, first, last = counts.get(sender.pk, (0, None, None))
        sender.lines, sender.is_one_off = lines, lines == 1
        sender.first_at, sender.last_at = first, last
    fields = ["lines", "is_one_off", "first_at", "last_at"]
    ChatSender.objects.bulk_update(senders, fields, batch_size=100)
    return len(senders)
