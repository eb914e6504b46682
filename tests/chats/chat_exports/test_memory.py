"""A long chat takes no more memory than a short one."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.pure

# Writes `sys.argv[1]` MB into a file without keeping them, reads it, and tells its own peak in MB.
_READ = """
import resource, sys, tempfile
from zoneinfo import ZoneInfo
from nyumbani.chats.chat_exports.reading import messages
from nyumbani.chats.chat_exports.survey import survey

with tempfile.TemporaryFile() as stream:
    for number in range(int(sys.argv[1]) * 10):
        day = f"{number % 28 + 1:02}/{number // 28 % 12 + 1:02}/{2014 + number // 336 % 80}"
        for line in range(100):
            name, text = f"Amina {line % 7}", "the bus is late " * 60
            stream.write(f"{day}, {line // 5:02}:{line % 60:02} - {name}: {text}\\n".encode())
    count = sum(1 for _ in messages(stream, survey(stream), zone=ZoneInfo("Africa/Tripoli")))
assert count == int(sys.argv[1]) * 1000, count
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def peak(megabytes: int) -> int:
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(megabytes)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return int(done.stdout)


def test_two_hundred_megabytes_take_no_more_memory_than_two():
    assert peak(200) - peak(2) < 40
