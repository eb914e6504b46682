"""Between transactional tests Django empties every table; only there do the ledger's guards yield.

The product has no such door: it is opened here, around Django's own flush and nothing else.
"""

from collections.abc import Iterator

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations

from nyumbani.audit import guards


@pytest.fixture(autouse=True, scope="session")
def ledger_lets_tests_empty_it() -> Iterator[None]:
    """Let `TransactionTestCase` and `django_db(transaction=True)` empty `audit_entry`."""
    as_django_does = BaseDatabaseOperations.execute_sql_flush

    def flush(operations: BaseDatabaseOperations, statements: list[str]) -> None:
        guards.remove(operations.connection)
        as_django_does(operations, statements)
        guards.install(operations.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush)
        yield
