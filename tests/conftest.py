from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-grids", action="store_true", help="write the kept screens and pictures anew")
