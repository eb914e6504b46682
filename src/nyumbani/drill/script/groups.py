"""Two group chats of the women, as their telephones exported them."""

import datetime as dt
from dataclasses import dataclass

from nyumbani.chats.chat_exports.kinds import Kind
from nyumbani.drill.exports.telephone import Event, export
from nyumbani.drill.exports.variants import BY_NAME

TRIPOLI = "Africa/Tripoli"


@dataclass(frozen=True, slots=True)
class GroupChat:
    """A chat as it lies on one telephone: who is called what there, and who that is."""

    key: str
    file_name: str
    title: str
    variant: str
    zone: str
    dates: str  # how its dates are to be read, for whoever is asked
    events: tuple[Event, ...]
    whose: dict[str, str]  # the name in the chat → the key of somebody of the cast

    def content(self) -> bytes:
        """The exported file."""
        return export(self.events, BY_NAME[self.variant], group=self.title)[0]


def _at(day: int, hour: int, minute: int, second: int = 0) -> dt.datetime:
    """A moment in October 2014 on the telephone that exported it."""
    return dt.datetime(2014, 10, day, hour, minute, second)  # noqa: DTZ001 - a telephone's own time


_SYSTEM = Kind.SYSTEM
SISTERS = GroupChat(
    key="sisters",
    file_name="WhatsApp Chat - Dada wa Tripoli.txt",
    title="Dada wa Tripoli",
    variant="ios-en-gb",
    zone=TRIPOLI,
    dates="dmy",  # from the 3rd to the 5th of the tenth month: the file alone leaves it open
    events=(
        Event(
            _at(3, 21, 4, 11), None, _SYSTEM,
            "Messages and calls are end-to-end encrypted. No one outside of this chat, not even "
            "WhatsApp, can read or listen to them.",
        ),
        Event(_at(3, 21, 4, 11), None, _SYSTEM, "Makena created this group"),
        Event(_at(3, 21, 6, 2), "Makena", text="Sisters, write here only when you are alone"),
        Event(_at(3, 21, 9, 40), "+218 91 000 00 02", text="Nafula hapa. Nina namba ya kusaidia"),
        Event(_at(3, 21, 10, 5), "Wambui Tripoli", text="Mimi niko. Pasi yangu kwa boss"),
        Event(_at(3, 21, 12, 31), "Hadija", text="Sijalipwa tangu mwezi wa tatu"),
        Event(_at(3, 21, 15, 0), "Chebet", text="They sold me to another house last week"),
        Event(_at(4, 6, 2, 19), "Atieno", Kind.MEDIA, "", ""),
        Event(
            _at(4, 6, 3, 1), "Atieno",
            text="Boss aliniambia:\n04/10/2014, 05:30 - Employer: you go nowhere\nNaogopa",
        ),
        Event(_at(4, 22, 41, 8), "Wambui Tripoli", Kind.DELETED),
        Event(_at(5, 5, 58, 50), "Makena", text="The help number answers. Send only a greeting"),
    ),
    whose={
        "Makena": "makena", "+218 91 000 00 02": "nafula", "Wambui Tripoli": "wambui",
        "Hadija": "hadija", "Chebet": "chebet", "Atieno": "atieno",
    },
)  # fmt: skip
HOUSE = GroupChat(
    key="house",
    file_name="محادثة واتساب مع بنات البيت.txt",
    title="بنات البيت",
    variant="android-ar",
    zone=TRIPOLI,
    dates="",
    events=(
        Event(_at(11, 20, 1), "سلمى أحمد", text="مساء الخير يا بنات"),
        Event(_at(11, 20, 3), "Zawadi", text="Niko Benghazi, nasafiri kuja kwenu kesho"),
        Event(_at(11, 20, 7), "Moraa", text="Karibu. Mlango unafunguliwa saa tatu tu"),
        Event(_at(12, 6, 15), "+218 91 000 00 12", text="Ni mimi Wambui wa kundi lingine"),
        Event(_at(12, 6, 16), "Jepkoech", text="Madam took my phone for two days"),
        Event(_at(12, 20, 30), "سلمى أحمد", text="لا أحد يأخذ أجرته هنا"),
        Event(_at(13, 20, 44), "Moraa", Kind.DELETED),
    ),
    whose={
        "سلمى أحمد": "salma", "Zawadi": "zawadi", "Moraa": "moraa", "+218 91 000 00 12": "wambui",
        "Jepkoech": "jepkoech",
    },
)  # fmt: skip
GROUPS = {group.key: group for group in (SISTERS, HOUSE)}
