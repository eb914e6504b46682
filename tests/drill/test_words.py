"""What the demonstration says, it says in every language of the house."""

import pytest

from nyumbani.ui import catalogues

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_this_rooms_words_are_all_translated(language):
    catalog = catalogues.updated(catalogues.load(language), catalogues.collect())
    ours = [
        message.id
        for message in catalogues.missing(catalog)
        if any(place.startswith("drill/") for place, _ in message.locations)
    ]
    assert ours == []
