"""The people of the story. Everybody is invented: names, numbers, ids."""

from dataclasses import dataclass

from nyumbani.drill.wire.doors import Channel


@dataclass(frozen=True, slots=True)
class Character:
    """One person in distress, reporter or bystander; who has no channel is only spoken of."""

    key: str  # how steps call her
    first_name: str
    last_name: str = ""
    channel: Channel | None = None
    place: str = ""
    zone: str = "Africa/Tripoli"
    language: str = "en"
    psid: str = ""  # Messenger
    number: str = ""  # as people write it, with + and spaces; WhatsApp or SMS
    telegram: str = ""  # Telegram's id of her account
    bsuid: str = ""  # WhatsApp
    username: str = ""  # WhatsApp, Telegram
    profile: str = ""  # the name her profile shows

    @property
    def digits(self) -> str:
        """Her number as the platform writes it."""
        return "".join(c for c in self.number if c.isdigit())


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the organisation's staff in the story."""

    key: str
    display_name: str
    role: str  # a value of accounts.terms.Role


REHEMA = Character(
    key="rehema",
    first_name="Rehema",
    last_name="Mwakio",
    channel=Channel.MESSENGER,
    place="Tripoli",
    psid="7014201400000001",
)
ACHIENG = Character(key="achieng", first_name="Achieng", place="Tripoli")
NAFULA = Character(
    key="nafula",
    first_name="Nafula",
    channel=Channel.WHATSAPP,
    place="Tripoli",
    language="sw",
    number="+218 91 000 00 02",
    bsuid="LY.7014201400000002",
    profile="Nafula W. 🌺",
)
ZAWADI = Character(
    key="zawadi",
    first_name="Zawadi",
    channel=Channel.WHATSAPP,
    place="Benghazi",
    language="sw",
    bsuid="KE.7014201400000003",
    username="zawadi.wa.pwani",
    profile="Zawadi",
)

WANJIKU = Colleague(key="wanjiku", display_name="Wanjiku", role="caseworker")

# ---- act two: thirteen more, from two group chats and by themselves ----


def _on_whatsapp(number: int, key: str, language: str, profile: str, **more: str) -> Character:
    """A woman on WhatsApp in Tripoli, whose number ends in `number`."""
    return Character(
        key=key, first_name=key.capitalize(), channel=Channel.WHATSAPP, place="Tripoli",
        language=language, number=f"+218 91 000 00 {number:02}",
        bsuid=f"LY.70142014000000{number:02}", profile=profile, **more,
    )  # fmt: skip


MAKENA = _on_whatsapp(11, "makena", "en", "Makena K.")
WAMBUI = _on_whatsapp(12, "wambui", "sw", "Wambui ✨")
HADIJA = _on_whatsapp(13, "hadija", "sw", "Hadija Juma")
CHEBET = _on_whatsapp(14, "chebet", "en", "Chebet")
ATIENO = _on_whatsapp(15, "atieno", "sw", "Atieno 🌊")
SALMA = _on_whatsapp(16, "salma", "ar", "سلمى أحمد")
MORAA = _on_whatsapp(17, "moraa", "sw", "Moraa Nyaboke")
JEPKOECH = _on_whatsapp(18, "jepkoech", "en", "Jepkoech")
FATUMA = _on_whatsapp(19, "fatuma", "ar", "Fatuma A.")
WANZA = _on_whatsapp(20, "wanza", "sw", "Wanza")
KERUBO = Character(
    key="kerubo", first_name="Kerubo", channel=Channel.SMS, place="Misrata", language="en",
    number="+218 92 000 00 21",
)  # fmt: skip
AKOTH = Character(
    key="akoth", first_name="Akoth", channel=Channel.SMS, place="Tripoli", language="sw",
    number="+218 92 000 00 22",
)  # fmt: skip
NYOKABI = Character(
    key="nyokabi", first_name="Nyokabi", channel=Channel.TELEGRAM, place="Tripoli", language="sw",
    telegram="7014201423", username="nyokabi_tz", profile="Nyokabi",
)  # fmt: skip
