"""How a demonstration goes from step to step: the clock moves on, phones and staff play.

Pages, stage and worker are three processes that wait for each other here; nothing is atomic.
"""

import datetime as dt
import time
from pathlib import Path

from django.conf import settings

from nyumbani.drill import actions, queries
from nyumbani.drill.queries import PRODUCER
from nyumbani.drill.script.acts import STEPS
from nyumbani.drill.script.steps import StaffStep
from nyumbani.drill.stage.cues import Cue, Look, Play, Scene
from nyumbani.drill.stage.intercom import Intercom
from nyumbani.drill.terms import CLOCK_FILE, STAGE_FILE
from nyumbani.kit.clock import ClockFile
from nyumbani.kit.doer import Doer

PATIENCE = 15.0  # real seconds the house has for what one step brought
_BREATH = 0.03


class StillBusy(Exception):
    """The house has not done yet what an earlier step brought: no worker works, or a slow one."""


def ask(cue: Cue) -> Scene:
    """Give the stage a cue; raises `stage.intercom.StageGone` or `NotOnStage`."""
    return Intercom(Path(settings.NYUMBANI_DATA) / STAGE_FILE).ask(cue)


def let_time_pass(time_: dt.timedelta) -> None:
    """Move the story's clock on."""
    clock = _clock()
    clock.set(clock.now() + time_)


def play_to(number: int, *, by: Doer) -> int:
    """Play every step up to this one that has not happened; answers how many were played.

    Raises StillBusy, `actions.NotReady`, `inbox.actions.writing.NotWritten`, or what `ask` raises;
    what was played before stays played.
    """
    count, scene = 0, settled()
    for n in range(min(number + 1, len(STEPS))):
        if queries.is_done(PRODUCER, scene, n):
            continue
        _play(n, scene, by)
        count, scene = count + 1, settled()
    return count


def settled() -> Scene:
    """Wait until nothing is on its way and nothing is due; then tell how things stand."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        # What the worker sends sets off reports, and these bring the worker work.
        scene = ask(Look(settle=True))
        if queries.is_quiet(PRODUCER):
            return scene
        time.sleep(_BREATH)
    raise StillBusy


def _play(number: int, scene: Scene, by: Doer) -> None:
    step, clock = STEPS[number], _clock()
    if step.at > clock.now():  # time never runs backwards
        clock.set(step.at)
    if isinstance(step, StaffStep):
        actions.play(step=step, scene=scene, by=by)
    else:
        ask(Play(step=number))


def _clock() -> ClockFile:
    return ClockFile(Path(settings.NYUMBANI_DATA) / CLOCK_FILE)
