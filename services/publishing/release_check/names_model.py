"""Names of people as a statistical model sees them: optional, with a spaCy model that the force supplies (REL-20)."""

from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.hits import PERSON, Hit
from services.publishing.release_check.passages import Passages
from services.publishing.release_check.policy import plain

_AT_ONCE = 100_000
"""Characters that the model is given at a time; it takes memory by the length of a text."""


def digest_of(folder: Path) -> str:
    """The SHA-256 over the files of a model: the name within the folder, a line break, and the file's own SHA-256,
    in the order of the names. Raises `OSError`."""
    whole = sha256()
    for each in sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()):
        whole.update(f"{each}\n{sha256((folder / each).read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


class NameFinder:
    """The model in a folder whose digest is the policy's. Raises `Unreadable` where it cannot be used."""

    def __init__(self, folder: str, digest: str) -> None:
        try:
            found = digest_of(Path(folder))
        except OSError as error:
            raise Unreadable(f"cannot be checked: the name finder's model cannot be read ({error.strerror})") from None
        if found != digest.lower():
            raise Unreadable("cannot be checked: the name finder's model is not the one that the policy names")
        self._model = _loaded(folder)

    def hits(self, passages: Passages, allowed: Collection[str] = ()) -> Iterator[Hit]:
        """Every name of a person, in every text."""
        for begin, piece in _pieces(passages):
            for each in self._model(piece).ents:
                if each.label_ in ("PERSON", "PER") and plain(each.text) not in allowed:
                    yield Hit("personal_name", PERSON, begin + each.start_char, begin + each.end_char)


def _loaded(folder: str) -> Any:
    try:
        import spacy  # only where a policy asks for it: it is no part of Candour
    except ImportError:
        raise Unreadable("cannot be checked: the policy sets names_model, and spaCy is not installed") from None
    try:
        return spacy.load(folder)
    except Exception as error:
        # A model of another version fails in ways of its own; whichever, names would go unseen.
        raise Unreadable(f"cannot be checked: the name finder's model does not load ({type(error).__name__})") from None


def _pieces(passages: Passages) -> Iterator[tuple[int, str]]:
    """The texts with where they begin, long ones cut between words."""
    begin = 0
    for text in passages.texts:
        start = 0
        while start < len(text):
            end = start + _AT_ONCE
            if end < len(text):
                end = max(text.rfind(" ", start, end), text.rfind("\n", start, end), start) + 1
                end = end if end > start + 1 else start + _AT_ONCE
            yield begin + start, text[start:end]
            start = end
        begin += len(text) + 1
