"""Whatever becomes of a file's bytes, a check answers with a report, and never passes what it could not read."""

import random

import pytest

from services.publishing.release_check.confinement import Examiners
from services.publishing.release_check.inspection import inspect
from services.publishing.release_check.report import Report
from tests.release_check.checking import POLICY
from tests.release_check.made import bombs
from tests.release_check.made.archives import zipped

SEEDS = {
    "letter.docx": bombs.document(bombs.paragraph("Thank you for your request.")),
    "papers.zip": zipped({"a.csv": "Area,Count\nNorth,120\n", "b.txt": "text\n"}),
    "letter.pdf": bombs.pdf_with_pages(1),
    "map.png": bombs.huge_png(1),
    "table.csv": b"Area,Count\nNorth,120\nSouth,64\n",
    "page.html": b"<!doctype html><html><body><p>Thank you</p><table><tr><td>1</td></tr></table></body></html>",
    "letter.rtf": b"{\\rtf1\\ansi Thank you for your request.\\par}",
    "list.json": b'{"area": ["North", 120], "note": "none"}',
    "mail.eml": b"From: a@example.org\nTo: b@example.org\nSubject: Answer\n\nThank you.\n",
}
EACH = 12


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes cut, flipped, overwritten, doubled, or crossed with another file's."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed) + 1)
        length = chance.randint(1, 40)
        match chance.randrange(6):
            case 0:
                del changed[at:]
            case 1:
                changed[at : at + length] = chance.randbytes(length)
            case 2 if at < len(changed):
                changed[at] ^= 1 << chance.randrange(8)
            case 3:
                changed[at:at] = changed[at : at + length] * chance.randint(1, 50)
            case 4:
                del changed[at : at + length]
            case _:
                other = chance.choice(tuple(SEEDS.values()))
                changed[at:] = other[chance.randrange(len(other)) :]
    return bytes(changed)


def is_sound(report: Report, data: bytes) -> bool:
    blocks = any(each.severity == "block" for each in report.findings)
    unread = {each.code for each in report.findings} & {"unreadable", "archive_bomb"} or report.type == "unknown"
    return (not unread or blocks) and (bool(data) or blocks) and Report.from_json(report.as_json()) == report


@pytest.mark.parametrize("name", SEEDS)
def test_no_damage_to_a_file_makes_a_check_fail(name):
    chance = random.Random(name)
    for _ in range(EACH):
        data = mutated(SEEDS[name], chance)
        assert is_sound(inspect(data, name, POLICY), data)


@pytest.mark.parametrize("name", SEEDS)
def test_bytes_at_random_never_pass(name):
    chance = random.Random(name)
    for length in (1, 20, 3000):
        data = b"\0" + chance.randbytes(length)
        assert inspect(data, name, POLICY).verdict == "block"


def test_damaged_files_do_no_harm_to_the_examiners():
    chance = random.Random(2026)
    with Examiners(POLICY) as examiners:
        for name, seed in SEEDS.items():
            for _ in range(3):
                data = mutated(seed, chance)
                assert is_sound(examiners.inspect(data, name), data)
        whole = examiners.inspect(SEEDS["table.csv"], "table.csv")
    assert whole == inspect(SEEDS["table.csv"], "table.csv", POLICY)
