"""Act one, July 2014: a Messenger message about a fellow worker, and two more women that week."""

import datetime as dt

from nyumbani.drill.script.act import NAIROBI, Act, Numbers
from nyumbani.drill.script.cast import ACHIENG, NAFULA, REHEMA, WANJIKU, ZAWADI
from nyumbani.drill.script.steps import (
    PLATFORM,
    AddsTask,
    Answers,
    AnyStep,
    Assigns,
    DeliversAgain,
    Notes,
    OpensCase,
    Reads,
    Speaks,
    Together,
    Writes,
)
from nyumbani.kit.phrases import gettext_noop

STARTS = dt.datetime(2014, 7, 14, 8, 0, tzinfo=NAIROBI)


def _at(day: int, hour: int, minute: int, second: int = 0) -> dt.datetime:
    return dt.datetime(2014, 7, day, hour, minute, second, tzinfo=NAIROBI)


MONDAY: tuple[AnyStep, ...] = (
    Writes(
        _at(14, 8, 3, 12),
        REHEMA.key,
        key="rehema.first",
        text="Hallo. I am a Kenyan working in a house in Tripoli. It is not for me. My friend "
        "Achieng is beaten by her boss and he took her passport. Can you help her come home?",
    ),
    DeliversAgain(_at(14, 8, 3, 40), PLATFORM),
    Notes(
        _at(14, 8, 5),
        WANJIKU.key,
        on="rehema.first",
        text="Reporter is not the person in danger. Ask what is safe before anything else.",
    ),
    Answers(
        _at(14, 8, 9),
        WANJIKU.key,
        key="wanjiku.safe",
        to=REHEMA.key,
        text="Thank you for writing. Is it safe for you to write now? "
        "When is nobody near your phone?",
    ),
    Reads(_at(14, 8, 11), REHEMA.key),
    Together(
        _at(14, 8, 12, 30),
        PLATFORM,
        steps=(
            Writes(
                _at(14, 8, 12, 5),
                REHEMA.key,
                key="rehema.when",
                text="Now yes. After 21:00 only, before that madam has my phone.",
                reply_to="wanjiku.safe",
            ),
            Writes(
                _at(14, 8, 12, 21),
                REHEMA.key,
                key="rehema.door",
                text="She says madam took her passport and locks the door 😢",
            ),
        ),
    ),
    DeliversAgain(_at(14, 8, 12, 50), PLATFORM),
    OpensCase(
        _at(14, 8, 15),
        WANJIKU.key,
        key="case.first",
        about="rehema.first",
        reporter=REHEMA.key,
        known_as=ACHIENG.first_name,
        alleged="Beaten by the employer; passport taken; locked in.",
        title="Domestic worker in a house in Tripoli, told by a fellow worker",
        in_danger=True,
    ),
    Assigns(_at(14, 8, 16), WANJIKU.key, case="case.first", to=WANJIKU.key),
    AddsTask(
        _at(14, 8, 17),
        WANJIKU.key,
        key="task.write",
        case="case.first",
        text="Write to Rehema after 21:00 Tripoli time. Do not call.",
        due=_at(14, 22, 0),
    ),
    AddsTask(
        _at(14, 8, 18),
        WANJIKU.key,
        key="task.address",
        case="case.first",
        text="Learn where the house is, and who covers Tripoli since the embassy closed.",
        due=_at(15, 12, 0),
    ),
)

THAT_WEEK: tuple[AnyStep, ...] = (
    Speaks(
        _at(15, 22, 40),
        NAFULA.key,
        key="nafula.voice",
        seconds=42,
        label="sauti ya Nafula, usiku",
    ),
    DeliversAgain(_at(15, 22, 41), PLATFORM),
    Answers(
        _at(15, 22, 52),
        WANJIKU.key,
        key="wanjiku.nafula",
        to=NAFULA.key,
        text="Asante, tumesikia. Je, ni salama kuandika sasa?",
    ),
    Reads(_at(15, 22, 55), NAFULA.key),
    Together(
        _at(17, 6, 11, 30),
        PLATFORM,
        steps=(
            Writes(
                _at(17, 6, 10, 48),
                ZAWADI.key,
                key="zawadi.first",
                text="Habari dada. Nimepata namba hii kwa rafiki. Niko Benghazi.",
            ),
            Writes(
                _at(17, 6, 11, 2),
                ZAWADI.key,
                key="zawadi.pay",
                text="Sijalipwa miezi saba na wamechukua pasi yangu. Naogopa 🙏🏾",
            ),
        ),
    ),
    Answers(
        _at(17, 6, 24),
        WANJIKU.key,
        key="wanjiku.zawadi",
        to=ZAWADI.key,
        text="Asante kwa kuandika. Ni saa ngapi hakuna mtu karibu na simu yako?",
    ),
    Reads(_at(17, 6, 30), ZAWADI.key),
)

ACT = Act(
    number=1,
    name=gettext_noop("The first message"),
    starts=STARTS,
    cast=(REHEMA, ACHIENG, NAFULA, ZAWADI),
    staff=(WANJIKU,),
    steps=MONDAY + THAT_WEEK,
    numbers=Numbers(
        cases=1, reporters=1, conversations=3, answered_within=dt.timedelta(minutes=15)
    ),
)
