"""What tests of several folders share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.browsing import Browser, browsing

settings.register_profile("giliran", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("giliran")  # no test is about how fast the machine is, or what else it does


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser, one for all tests of a process."""
    with browsing(tmp_path_factory.mktemp("profile")) as found:
        yield found
