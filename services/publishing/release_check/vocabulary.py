"""The words that the checks of wording know."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files


def _read() -> Mapping[str, frozenset[str]]:
    text = files(__package__).joinpath("vocabulary.toml").read_text("utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}


WORDS = _read()
"""The lists of `vocabulary.toml` by name, in small letters."""
