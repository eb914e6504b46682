"""Phrases that are stored as they are and put into the reader's language where they are shown."""


def gettext_noop(phrase: str) -> str:
    """The same phrase, marked for the catalogues; the filter `said` of nyumbani.ui translates it.

    Django's function of this name does the same; this one serves modules that know no Django.
    """
    return phrase
