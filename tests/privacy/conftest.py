from collections.abc import Iterator

import pytest

from privacy.keys import ring


@pytest.fixture
def fresh_ring() -> Iterator[None]:
    """Nothing held from other tests, nothing left for them."""
    ring.forget()
    yield
    ring.forget()
