"""The words of consent: what for, what of her, how said, how much at first contact.

Sources: HTCDS 2.0's consent guidance (seven things to be told before anybody agrees), practice of
help lines (share, confidential or anonymous from the first word on), and this house's rule that
sharing is opt-in, partner by partner and field by field.
"""

from enum import StrEnum


class Purpose(StrEnum):
    """What something of hers is used for. One never stands for another."""

    CASEWORK = "casework"
    REFERRAL = "referral"
    POLICE = "police"
    COURT = "court"
    STATISTICS = "statistics"
    MEDIA = "media"
    FAMILY = "family"


class Field(StrEnum):
    """What of hers is used: as coarse as she can decide on when it is read to her."""

    NAME = "name"
    BIRTH = "birth"
    NATIONALITY = "nationality"
    CONTACT = "contact"
    WHEREABOUTS = "whereabouts"
    FAMILY = "family"
    WORK = "work"
    STORY = "story"
    HEALTH = "health"
    PAPERS = "papers"
    PHOTO = "photo"


class Way(StrEnum):
    """How she said it."""

    SIGNED = "signed"
    THUMBPRINT = "thumbprint"
    SPOKEN = "spoken"
    MESSAGE = "message"


class Level(StrEnum):
    """What she wants done with what she tells us, asked at first contact."""

    SHARE = "share"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class Cause(StrEnum):
    """The only causes for going against her word, or without it."""

    LIFE = "life"
    CHILD = "child"
    LAW = "law"


class Question(StrEnum):
    """HTCDS's seven: she agrees to nothing before each of them was answered to her."""

    INTERVIEW = "interview"  # why we talk with her, and that she need not
    PURPOSE = "purpose"  # what it is for
    USE = "use"  # how it is used, and how it may come to be used
    RESEARCH = "research"  # that numbers without her name may be counted
    RIGHTS = "rights"  # that it is hers: to see, correct, have a copy
    STORAGE = "storage"  # where and how long it is kept
    WITHDRAWAL = "withdrawal"  # how she takes it back


IDENTIFYING = frozenset(
    {
        Field.NAME, Field.BIRTH, Field.CONTACT, Field.WHEREABOUTS, Field.FAMILY, Field.PAPERS,
        Field.PHOTO,
    }
)  # fmt: skip
"""What tells who she is: never in statistics, and never out of the house if she is anonymous."""

HANDS_NOTHING_OVER = frozenset({Purpose.CASEWORK, Purpose.STATISTICS})
"""Every other purpose gives something of hers to somebody, and must say what."""
