"""The words of this room that pages, stage and command share."""

CLOCK_FILE = "clock.json"
"""In the data folder of a demonstration: the story's clock, which all its processes read."""

STAGE_FILE = "stage.json"
"""In the data folder of a demonstration: where the stage listens, and the word it opens to."""

MARK = "this-is-a-demonstration"
"""Beside the data folder of a demonstration: `nyumbani demo` made this house, nobody's is real."""
