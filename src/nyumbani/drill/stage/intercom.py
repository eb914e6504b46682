"""How the pages speak to the stage, which lives in another process and may be gone."""

import functools
import json
from pathlib import Path

from pydantic import ValidationError

from nyumbani.drill.stage.cues import Cue, Scene
from nyumbani.kit.http import Limits, Outside, Trouble

_LIMITS = Limits(connect=1.0, read=12.0, total=15.0, largest=4 * 1024 * 1024)


class StageGone(Exception):
    """Nobody answers on the stage, or not in time: the demonstration was ended or is busy."""


class NotOnStage(Exception):
    """The stage answers that it cannot do this: no such phone, message or step."""


class Intercom:
    """The line to the stage; `file` says where it listens (nyumbani.drill.stage.booth)."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def ask(self, cue: Cue) -> Scene:
        """Give a cue and hear how things stand then; raises StageGone, or NotOnStage."""
        try:
            place = json.loads(self._file.read_text())
            answer = _line(place["url"]).post(
                place["url"] + "/cue",
                headers={"Authorization": f"Bearer {place['word']}"},
                json=cue.model_dump(mode="json"),
            )
        except (OSError, ValueError, KeyError, Trouble) as error:
            raise StageGone from error
        if answer.status == 400:
            raise NotOnStage
        if not answer.is_ok:
            raise StageGone
        try:
            return Scene.model_validate_json(answer.body)
        except ValidationError as error:
            raise StageGone from error


@functools.lru_cache(maxsize=4)
def _line(url: str) -> Outside:
    return Outside((), loopback=url, limits=_LIMITS)
