"""The linter over whole letters: each fault is found however it is put, and no sound letter is blocked."""

import pytest

from shared.letters.lint import lint, verdict
from shared.letters.reading.document import plain
from tests.letters.lint.corpus import FAULTY, SOUND


def found(sample):
    return lint(sample.text.encode())


@pytest.mark.parametrize("sample", FAULTY, ids=lambda sample: sample.name)
def test_a_faulty_letter_gets_the_findings_of_its_faults(sample):
    findings = found(sample)
    assert set(sample.rules) <= {each.rule for each in findings}
    assert set(sample.blocks) <= {each.rule for each in findings if each.severity == "B"}
    assert verdict(findings) == "block" or not sample.blocks


@pytest.mark.parametrize("sample", SOUND, ids=lambda sample: sample.name)
def test_a_sound_letter_is_not_blocked(sample):
    assert [each for each in found(sample) if each.severity == "B"] == []


@pytest.mark.parametrize("sample", [*FAULTY, *SOUND], ids=lambda sample: sample.name)
def test_every_finding_quotes_the_letter_and_says_how_to_mend_it(sample):
    letter = plain(sample.text)
    for each in found(sample):
        assert each.where
        assert plain(each.quote)[:30].strip() in letter
        assert each.why.endswith(".")
        assert each.mend.endswith(".")


def test_the_letters_are_enough_to_mean_something():
    assert len(FAULTY) >= 50
    assert len(SOUND) >= 40
    assert sum(sample.held_out for sample in FAULTY) >= 25
    assert sum(sample.held_out for sample in SOUND) >= 15
    rules = {rule for sample in FAULTY for rule in sample.rules}
    assert rules >= {f"RN-{n:02d}" for n in range(1, 25)} - {"RN-23"}
