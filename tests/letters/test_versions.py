"""A template does not change without its version: whoever reads a letter's record can tell which words were in use."""

import tomllib
from hashlib import sha256
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from shared import letters
from shared.letters.versions import VERSIONS
from tests.letters.written import LETTERS

FOLDER = Path(letters.__path__[0])
PINNED = tomllib.loads((Path(__file__).parent / "pinned.toml").read_text(encoding="utf-8"))
LOOKS = ("looks/html.jinja", "looks/text.jinja")


def files_of(name):
    """The template, what it imports, and how it looks; what `look` stands for is chosen when it is written."""
    found = meta.find_referenced_templates(Environment().parse((FOLDER / name).read_text(encoding="utf-8")))
    inner = [each for each in found if each is not None]
    return {name, *(one for each in inner for one in files_of(each))}


def digest(name):
    content = [(FOLDER / each).read_bytes() for each in sorted({*files_of(name), *LOOKS})]
    return sha256(b"\0".join(content)).hexdigest()


@pytest.mark.parametrize(
    ("language", "kind"), [(language, kind) for language, kinds in VERSIONS.items() for kind in kinds]
)
def test_the_words_of_a_version_never_change(language, kind):
    """When they are changed on purpose, raise the version in `VERSIONS` and add it here with its digest."""
    version = f"{language}.{kind}@{VERSIONS[language][kind]}"
    assert PINNED.get(version) == digest(f"templates/{language}/{kind}.jinja")


def test_every_kind_of_letter_has_a_template_and_every_template_that_writes_one_a_version():
    for language, kinds in VERSIONS.items():
        written = {
            each.stem
            for each in (FOLDER / "templates" / language).glob("*.jinja")
            if "m.end()" in each.read_text(encoding="utf-8")
        }
        assert written == set(kinds)


def test_a_letter_says_what_wrote_it():
    for letter in LETTERS.values():
        assert letter.template == f"en.{letter.kind}"
        assert letter.version == VERSIONS["en"][letter.kind]
    assert {letter.kind for letter in LETTERS.values()} == set(VERSIONS["en"])
