from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tui.workshop.postgresql import PostgreSQL, find_programs


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """Return a running PostgreSQL; whoever stops it starts it again."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: no initdb in PATH or /usr/lib/postgresql")
    cluster = PostgreSQL(programs)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.close()
