"""What every test has. Small hooks of single rooms stand in their own files and are named here."""

from hypothesis import settings

from tests.browser import chromium, complaints, new_page
from tests.database import django_db_modify_db_settings, house_env
from tests.house_keys import house_keys
from tests.ledger_hook import ledger_lets_tests_empty_it
from tests.people_here import amina, kamau, monday, mutiso, otieno, wanjiku

__all__ = [
    "amina",
    "chromium",
    "complaints",
    "django_db_modify_db_settings",
    "house_env",
    "house_keys",
    "kamau",
    "ledger_lets_tests_empty_it",
    "monday",
    "mutiso",
    "new_page",
    "otieno",
    "wanjiku",
]

# A busy machine is slow, not wrong.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
