"""The targets are printed by `make test`; only what is far beyond them fails."""

from tests.house.sizes import FILE_WALL, FUNCTION_WALL, long_files, long_functions


def test_no_file_is_far_too_long() -> None:
    assert long_files(FILE_WALL) == []


def test_no_function_is_far_too_long() -> None:
    assert long_functions(FUNCTION_WALL) == []
