"""Telegram's refusals: a status and words in English, of which only some are promised to stay."""

from nyumbani.inbox.channels.refusals import HOUR, MINUTE, SECOND, Rule
from nyumbani.kit.phrases import gettext_noop

BLOCKED = Rule(meaning=gettext_noop("she has blocked our bot"))
STOPPED = Rule(meaning=gettext_noop("the bot's token is not valid"), stops_channel=True)
TOO_BIG = Rule(meaning=gettext_noop("larger than the 20 MB that Telegram gives to bots"))

BY_CODE = {
    400: Rule(meaning=gettext_noop("a field is wrong")),
    401: STOPPED,
    403: Rule(meaning=gettext_noop("she does not let our bot write to her")),
    404: STOPPED,  # a token that is no token: there is nothing at such an address
    409: Rule(meaning=gettext_noop("the bot is used elsewhere at the same time"), first=MINUTE),
    429: Rule(meaning=gettext_noop("too many messages"), first=SECOND, longest=HOUR),
}
BY_WORDS = (
    (403, "blocked by the user", BLOCKED),
    (403, "user is deactivated", Rule(meaning=gettext_noop("her account is closed"))),
    (403, "initiate conversation", Rule(meaning=gettext_noop("she has never started our bot"))),
    (400, "chat not found", Rule(meaning=gettext_noop("she has never started our bot"))),
    (400, "message is too long", Rule(meaning=gettext_noop("the text is too long"))),
    (400, "file is too big", TOO_BIG),
    (400, "wrong file_id", Rule(meaning=gettext_noop("the file is not there any more"))),
    (400, "invalid file_id", Rule(meaning=gettext_noop("the file is not there any more"))),
    (400, "group chat was upgraded", Rule(meaning=gettext_noop("the group has moved"))),
)


def rule_for(code: int, words: str) -> Rule | None:
    """The rule for a refusal; None where we have none."""
    said = words.lower()
    found = (rule for status, part, rule in BY_WORDS if status == code and part in said)
    return next(found, BY_CODE.get(code))
