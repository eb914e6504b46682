"""Pictures from strangers: what is not opened, and how much memory the rest may take."""

import io
import subprocess
import sys
import threading

import pytest
from PIL import Image

from nyumbani.kit import pictures

pytestmark = pytest.mark.pure

MEGA = 1024 * 1024

# In a process of its own: the most memory a process ever had is counted from its start.
DRAW = """
import resource, sys
from PIL import GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
from nyumbani.kit import pictures
content = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    pictures.for_viewing(content)
    drawn = "drawn"
except pictures.NotAPicture as error:
    drawn = str(error)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print((after - before) // 1024, drawn)
"""


def bomb(file, form, mode, size, **more):
    """A picture of one colour: large to whoever opens it, small on the way."""
    Image.new(mode, size).save(file, form, **more)
    return file


def drawn_in_a_process(file):
    """Megabytes that drawing took at most, and what came of it."""
    done = subprocess.run(
        [sys.executable, "-c", DRAW, str(file)], capture_output=True, text=True, check=True
    )
    megabytes, _, drawn = done.stdout.strip().partition(" ")
    return int(megabytes), drawn


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "mode", "size", "more"),
    [
        ("PNG", "RGBA", (4000, 3000), {}),
        ("WEBP", "RGBA", (4000, 3000), {}),
        ("JPEG", "RGB", (4000, 3000), {"progressive": True, "subsampling": 0}),
        ("JPEG", "RGB", (8000, 6000), {}),
        ("JPEG", "RGB", (60_000, 800), {}),
    ],
    ids=["png", "webp", "progressive", "a good camera", "a ribbon"],
)
def test_no_picture_fills_the_memory_of_the_house(tmp_path, form, mode, size, more):
    file = bomb(tmp_path / "picture", form, mode, size, **more)
    assert file.stat().st_size < MEGA
    megabytes, drawn = drawn_in_a_process(file)
    assert drawn == "drawn"
    assert megabytes < 260


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "mode", "more"),
    [("PNG", "RGBA", {}), ("JPEG", "RGB", {"progressive": True})],
    ids=["png", "progressive"],
)
def test_a_bomb_is_refused_before_it_unfolds(tmp_path, form, mode, more):
    """Fifty million pixels in some two hundred kilobytes: opening them took 657 MB."""
    file = bomb(tmp_path / "picture", form, mode, (7000, 7000), **more)
    assert file.stat().st_size < MEGA
    megabytes, drawn = drawn_in_a_process(file)
    assert drawn == "this picture is too large to open"
    assert megabytes < 30


def test_a_picture_taken_lying_down_is_shown_upright():
    content, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6  # turn it a quarter to the right
    Image.new("RGB", (3200, 1600)).save(content, "JPEG", exif=exif)
    seen = Image.open(io.BytesIO(pictures.for_viewing(content.getvalue()).content))
    assert seen.size == (800, 1600)
    assert dict(seen.getexif()) == {}


def test_one_picture_is_drawn_at_a_time():
    content = io.BytesIO()
    Image.new("RGB", (40, 40)).save(content, "PNG")
    came = []
    asking = threading.Thread(
        target=lambda: came.append(pictures.for_viewing(content.getvalue())), daemon=True
    )
    with pictures._one_at_a_time:
        asking.start()
        asking.join(0.3)
        assert came == []
    asking.join(10)
    assert len(came) == 1
