"""How soon somebody must be answered, what about, and why a word does not count."""

from enum import Enum, IntEnum


class Level(IntEnum):
    """How soon a person must answer; the smaller, the graver."""

    P1 = 1  # immediate danger: now
    P2 = 2  # within a day
    P3 = 3  # within three days
    P4 = 4  # within a week: greetings, questions, news that all is well


class Mark(IntEnum):
    """What stands beside a message; the smaller, the sooner somebody looks at it.

    What was not understood may be anything. It stands above whatever is not immediate danger and
    never sinks below, however long it waits.
    """

    P1 = 1
    NOT_UNDERSTOOD = 2
    P2 = 3
    P3 = 4
    P4 = 5


class Category(Enum):
    """What the words are about."""

    VIOLENCE = "violence"
    THREAT_TO_LIFE = "threat_to_life"
    SELF_HARM = "self_harm"
    SEXUAL_VIOLENCE = "sexual_violence"
    MEDICAL = "medical"
    CHILD = "child"
    SOLD_OR_MOVED = "sold_or_moved"
    CUT_OFF = "cut_off"  # about to lose her telephone
    LOCKED_IN = "locked_in"
    PASSPORT_WITHHELD = "passport_withheld"
    HUNGER = "hunger"
    UNPAID = "unpaid"
    WORK = "work"
    ASKS_FOR_HELP = "asks_for_help"
    PRACTICAL = "practical"
    LEANING = "leaning"  # no list's word: the message's words together sound like danger


class About(Enum):
    """Whom the words are about, as far as the words near them say."""

    HERSELF = "herself"
    SOMEBODY = "somebody"  # a sister, a friend: no less urgent
    GENERAL = "general"  # the news, "is it true that agents ...": no person
    UNSAID = "unsaid"


class Setting(Enum):
    """What beside the words made them count for more or for less."""

    NEGATED = "negated"  # "nobody beats me"
    FIGURE = "figure"  # "dying of laughter", "beat the eggs"
    GENERAL = "general"
    LONG_AGO = "long_ago"  # "last year he beat me"
    NOW = "now"  # "tomorrow they take us": sooner than the same words without it
