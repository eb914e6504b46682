"""The acts that exist so far, in order."""

from nyumbani.drill.script import act1
from nyumbani.drill.script.act import Act

ACTS: tuple[Act, ...] = (act1.ACT,)
