"""Ways out, and the certificate of the one public name in town."""

import pytest

from nyumbani.kit.http import Outside
from tests.kit.town import CALM, NAME, certificate


@pytest.fixture(scope="session")
def tls():
    """A server's and a visitor's side of TLS for `NAME`."""
    return certificate(NAME)


@pytest.fixture
def outside():
    """Makes ways out to one loopback house, and closes them afterwards."""
    made = []

    def make(house_, limits=CALM, **more):
        made.append(Outside([], loopback=house_.origin, limits=limits, **more))
        return made[-1]

    yield make
    for each in made:
        each.close()
