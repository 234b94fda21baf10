from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tui.workshop.fake_house import Place
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


@pytest.fixture
def open_place(tmp_path: Path) -> Iterator[Callable[..., Place]]:
    """Return a function that starts an SSH server in front of a house of small programs."""
    places: list[Place] = []

    def make(**given: Any) -> Place:
        places.append(Place(tmp_path / f"place-{len(places)}", **given))
        return places[-1]

    yield make
    for place in places:
        place.close()
