"""A sealed value as the program sees it: it can be carried about, but not read."""

from typing import Any, NoReturn, Self

from privacy.errors import SealError

WORD = "<sealed>"


class Sealed:
    """Either clear data on its way to being sealed at the next save, or a ciphertext from the database.

    Prints, formats, pickles and serialises as `<sealed>`. Is true where it holds something (an empty text
    once stored counts: its length is hidden). Comparing raises: use `reveal`, or `is None`.
    """

    __slots__ = ("_cipher", "_clear")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, *, clear: Any = None, cipher: bytes | None = None) -> None:
        self._clear, self._cipher = clear, cipher

    def clear(self) -> Any:
        """What waits for the next save. A copy that came through a pickle has lost it."""
        if self._clear is None:
            raise SealError("nothing to seal")
        return self._clear

    def __repr__(self) -> str:
        return WORD

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return WORD

    def __bool__(self) -> bool:
        return self._cipher is not None or bool(self._clear)

    def __eq__(self, other: object) -> bool:
        if other is self:
            return True
        self._refuse()

    def __ne__(self, other: object) -> bool:
        return not self.__eq__(other)

    def __len__(self) -> NoReturn:
        self._refuse()

    def __iter__(self) -> NoReturn:
        self._refuse()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """A pickle leaves this process: it takes neither clear data nor ciphertext along."""
        return (Sealed, ())

    @staticmethod
    def _refuse() -> NoReturn:
        raise TypeError("a sealed value cannot be compared, measured or listed; reveal it")
