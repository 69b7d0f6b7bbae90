"""Attacks on the product, each a test. `@pytest.mark.attack("T01")` may stand on any test of the suite."""
