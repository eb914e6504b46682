"""The acts that exist so far, in order, and the story as one row of steps."""

from nyumbani.drill.script import act1, act2
from nyumbani.drill.script.act import Act
from nyumbani.drill.script.cast import Character, Colleague
from nyumbani.drill.script.steps import AnyStep

ACTS: tuple[Act, ...] = (act1.ACT, act2.ACT)
STARTS = ACTS[0].starts
STEPS: tuple[AnyStep, ...] = tuple(step for act in ACTS for step in act.steps)
CAST: dict[str, Character] = {person.key: person for act in ACTS for person in act.cast}
FIRST_STEPS: tuple[int, ...] = tuple(
    sum(len(act.steps) for act in ACTS[:n]) for n in range(len(ACTS))
)
"""Where each act begins in the one row of steps."""
COLLEAGUES: dict[str, Colleague] = {one.key: one for act in ACTS for one in act.staff}
