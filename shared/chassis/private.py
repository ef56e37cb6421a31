"""Personal data in a wrapper that cannot be printed, logged, dumped or joined by accident."""

from typing import NoReturn


class Private:
    """One private text, such as a name or an address.

    It is not a `str`: formatting it shows only that something is there, and no encoder accepts it. Whoever needs
    the text calls `reveal()`, so every place that does can be found by searching for that word.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Private(...)"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Private) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("private data is not pickled")
