"""Act two, August to November 2014: two group chats, thirteen more, and words to all of them."""

import datetime as dt

from nyumbani.drill.script.act import NAIROBI, Act, Numbers
from nyumbani.drill.script.cast import (
    ACHIENG,
    AKOTH,
    ATIENO,
    CHEBET,
    FATUMA,
    HADIJA,
    JEPKOECH,
    KERUBO,
    MAKENA,
    MORAA,
    NAFULA,
    NYOKABI,
    REHEMA,
    SALMA,
    WAMBUI,
    WANJIKU,
    WANZA,
    ZAWADI,
)
from nyumbani.drill.script.groups import HOUSE, SISTERS
from nyumbani.drill.script.steps import (
    PLATFORM,
    Agrees,
    Answers,
    AnyStep,
    BringsIn,
    Broadcasts,
    DeliversAgain,
    Joins,
    Reads,
    SaysWho,
    SettlesAlarm,
    Together,
    Writes,
    WritesFact,
)
from nyumbani.kit.phrases import gettext_noop

STARTS = dt.datetime(2014, 11, 10, 17, 0, tzinfo=NAIROBI)
CASE = "case.first"
EVENING = "21:00-23:00"  # on her own clock: 22:00 to midnight in Nairobi
HELD = (HADIJA, CHEBET, ATIENO, MORAA, JEPKOECH)
"""Whose employers sleep early: they may be written to in the evening alone."""


def _at(day: int, hour: int, minute: int, second: int = 0) -> dt.datetime:
    return dt.datetime(2014, 11, day, hour, minute, second, tzinfo=NAIROBI)


def _writes(who: str, at: dt.datetime, text: str, name: str = "first") -> Writes:
    return Writes(at, who, key=f"{who}.{name}", text=text)


MONDAY_EVENING: tuple[AnyStep, ...] = (
    _writes(MAKENA.key, _at(10, 17, 2, 10), "Hello. I got this number in our group"),
    Answers(
        _at(10, 17, 9), WANJIKU.key, key="wanjiku.makena", to=MAKENA.key,
        text="Thank you for writing. When is it safe to write to you?",
    ),
    _writes(WAMBUI.key, _at(10, 21, 5, 40), "Niko Tripoli. Pasi yangu iko kwa boss"),
    _writes(SALMA.key, _at(10, 21, 52), "السلام عليكم، أريد المساعدة من فضلكم"),
    _writes(KERUBO.key, _at(10, 22, 3), "I am in Misrata. No credit for internet"),
    _writes(AKOTH.key, _at(10, 22, 10), "Mimi Akoth. Boss huchukua simu usiku"),
    Answers(
        _at(10, 22, 12), WANJIKU.key, key="wanjiku.akoth", to=AKOTH.key,
        text="Asante. Je, sasa uko peke yako?",
    ),
    _writes(NYOKABI.key, _at(10, 22, 15), "Niaje. Mtu wangu amesema mnasaidia maze, niko Tripoli"),
    _writes(ATIENO.key, _at(10, 22, 36), "Nataka kurudi nyumbani, boss ananipiga"),
    Together(
        _at(10, 22, 38), PLATFORM,
        steps=(
            _writes(HADIJA.key, _at(10, 22, 37, 2), "Habari. Sijalipwa miezi minane"),
            _writes(CHEBET.key, _at(10, 22, 37, 31), "Good evening, I need help to go home"),
        ),
    ),
    DeliversAgain(_at(10, 22, 39), PLATFORM),
    _writes(FATUMA.key, _at(10, 22, 41), "أنا فاطمة. Niko kwa familia ya pili sasa"),
    _writes(WANZA.key, _at(10, 22, 50), "Nimefika hapa kupitia Bahari. Sina pasi"),
    _writes(MORAA.key, _at(10, 22, 52), "Tuko watatu katika nyumba hii"),
    _writes(JEPKOECH.key, _at(10, 22, 54), "My madam sleeps at nine, write after that"),
    _writes(NAFULA.key, _at(10, 22, 58), "Niko na wengine sasa, tunaongea kwa kundi", "again"),
    _writes(ZAWADI.key, _at(10, 23, 4), "Nimefika Tripoli salama", "again"),
    _writes(REHEMA.key, _at(10, 23, 10), "Achieng is still inside that house", "again"),
)  # fmt: skip

TUESDAY_MORNING: tuple[AnyStep, ...] = (
    BringsIn(_at(11, 8, 0), WANJIKU.key, group=SISTERS.key, case=CASE),
    BringsIn(_at(11, 8, 6), WANJIKU.key, group=HOUSE.key, case=CASE),
    *(
        Joins(_at(11, 8, 10 + n), WANJIKU.key, case=CASE, whom=one.key)
        for n, one in enumerate(
            (
                NAFULA, ZAWADI, MAKENA, WAMBUI, HADIJA, CHEBET, ATIENO, SALMA, KERUBO, AKOTH,
                NYOKABI, MORAA, JEPKOECH, FATUMA, WANZA,
            )
        )
    ),
    # One woman stands in both groups, here as a name and there as a number.
    SaysWho(_at(11, 8, 30), WANJIKU.key, group=SISTERS.key, names=tuple(SISTERS.whose.items())),
    SaysWho(_at(11, 8, 34), WANJIKU.key, group=HOUSE.key, names=tuple(HOUSE.whose.items())),
    *(
        Agrees(_at(11, 8, 40 + n), WANJIKU.key, whom=one.key, hours=EVENING)
        for n, one in enumerate(HELD)
    ),
    Agrees(_at(11, 8, 50), WANJIKU.key, whom=AKOTH.key, duress_word="tangawizi"),
    _writes(AKOTH.key, _at(11, 9, 12), "Habari, naomba chai ya tangawizi", "duress"),
    Broadcasts(
        _at(11, 9, 30), WANJIKU.key, key="words.first", case=CASE,
        subject="There may be a way home",
        words=(
            ("en", "Hello. There may be good news soon. Stay well, and answer yes when you can."),
            ("sw", "Habari. Huenda kuna habari njema karibuni. Jibu ndiyo ukiweza."),
            ("ar", "مرحبا. قد تكون هناك أخبار جيدة قريبا. أجيبي بنعم عندما تستطيعين."),
        ),
    ),
    *(
        Reads(_at(11, 10 + n, 5), one.key)
        for n, one in enumerate((MAKENA, WAMBUI, NAFULA, SALMA, FATUMA))
    ),
    _writes(MAKENA.key, _at(11, 16, 20), "Yes, I am ready", "yes"),
    Reads(_at(11, 22, 1), WANZA.key),  # by now what waited for the evening has left
    *(Reads(_at(11, 22, 10 + n), one.key) for n, one in enumerate(HELD)),
    _writes(CHEBET.key, _at(11, 22, 31), "Yes. I can leave on Friday when they pray", "yes"),
)  # fmt: skip

THEY_LEAVE: tuple[AnyStep, ...] = (
    SettlesAlarm(
        _at(13, 11, 0), WANJIKU.key, whom=AKOTH.key,
        how="Nafula met her at the market: the employer had stood beside her.",
    ),
    _writes(CHEBET.key, _at(14, 13, 40), "I am out. I am with Makena", "out"),
    WritesFact(
        _at(14, 14, 0), WANJIKU.key, about="chebet.out", case=CASE, matter="place",
        text="Left the house; is with Makena.",
    ),
    Answers(
        _at(14, 14, 2), WANJIKU.key, key="wanjiku.chebet", to=CHEBET.key,
        text="Thank you. Are you both well?",  # waits for her evening, as everything does
    ),
    _writes(WAMBUI.key, _at(15, 6, 12), "Nimetoka asubuhi, niko na Nafula", "out"),
    WritesFact(
        _at(15, 8, 0), WANJIKU.key, about="wambui.out", case=CASE, matter="place",
        text="Left the house; is with Nafula.",
    ),
    _writes(HADIJA.key, _at(16, 21, 50), "Mimi pia nimetoka. Asante", "out"),
    WritesFact(
        _at(17, 8, 0), WANJIKU.key, about="hadija.out", case=CASE, matter="place",
        text="Left the house.",
    ),
    _writes(MORAA.key, _at(19, 22, 20), "Tumetoka sote watatu, tuko ile ofisi ya zamani", "out"),
    WritesFact(
        _at(20, 8, 0), WANJIKU.key, about="moraa.out", case=CASE, matter="place",
        text="Left with Salma and Jepkoech; they are at the former office.",
    ),
)  # fmt: skip

ACT = Act(
    number=2,
    name=gettext_noop("The groups"),
    starts=STARTS,
    cast=(
        REHEMA, ACHIENG, NAFULA, ZAWADI, MAKENA, WAMBUI, HADIJA, CHEBET, ATIENO, SALMA, MORAA,
        JEPKOECH, FATUMA, WANZA, KERUBO, AKOTH, NYOKABI,
    ),
    staff=(WANJIKU,),
    steps=MONDAY_EVENING + TUESDAY_MORNING + THEY_LEAVE,
    numbers=Numbers(
        cases=1, reporters=1, conversations=16, answered_within=dt.timedelta(hours=13),
        in_distress=16, held=5, refused=1, out_of_reach=1,
    ),
)  # fmt: skip
