"""`candour clean`: copies written beside nothing else, checked, and told about."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.cli import main
from services.operations.poisoned_workbook import poisoned
from services.publishing.release_check.nominal_roll import Roll

SHOWN = (("Year", "Stops"), ("2024", "120"), ("2025", "98"))
HIDDEN = (("Surname", "Collar"), ("Goldcrest", "90001"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "stops.xlsx"
    path.write_bytes(poisoned("Stops", SHOWN, "Staff", HIDDEN))
    return path


def ask(*arguments: object):
    return CliRunner().invoke(main, ["clean", *map(str, arguments)])


def test_a_clean_copy_is_written_and_what_became_of_the_file_is_told(source, tmp_path):
    done = ask(source, "-o", tmp_path / "out")
    assert (done.exit_code, "6 rows in 2 sheets became 3 rows in 1 sheet" in done.output) == (0, True)
    written = tmp_path / "out" / "stops.csv"
    assert written.read_text("utf-8-sig").splitlines() == ["Year,Stops", "2024,120", "2025,98"]
    assert source.read_bytes() == poisoned("Stops", SHOWN, "Staff", HIDDEN)


def test_the_same_is_told_to_a_program(source, tmp_path):
    done = ask(source, "-o", tmp_path / "out", "--json", "--form", "ods")
    (told,) = json.loads(done.stdout)
    (copy,) = told["copies"]
    assert (Path(copy["file"]).name, copy["verdict"], copy["type"]) == ("stops.ods", "pass", "ods")


def test_nothing_is_written_over(source, tmp_path):
    ask(source, "-o", tmp_path / "out")
    (tmp_path / "out" / "stops.csv").write_text("mine")
    again = ask(source, "-o", tmp_path / "out")
    assert (again.exit_code, "is there already" in again.output) == (2, True)
    assert (tmp_path / "out" / "stops.csv").read_text() == "mine"


def test_what_has_no_copy_is_told_and_the_others_are_made(source, tmp_path):
    (tmp_path / "broken.xlsx").write_bytes(b"\x00\x01\x02")
    done = ask(tmp_path / "broken.xlsx", source, "-o", tmp_path / "out")
    assert done.exit_code == 2
    assert "broken.xlsx: no copy. There is no clean copy of this kind of file" in done.output
    assert (tmp_path / "out" / "stops.csv").exists()


def test_a_copy_that_still_may_not_leave_ends_in_1(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("National Insurance number\nAB 12 34 56 C\nCE 65 43 21 A\nEH 11 22 33 B\n")
    assert ask(path, "-o", tmp_path / "out").exit_code == 1


def test_a_roll_is_made_of_a_staff_list_and_read_with_the_digest_that_was_printed(tmp_path):
    staff = tmp_path / "staff.csv"
    staff.write_text("surname,forename,collar\nGoldcrest,Imogen,90001\n")
    done = CliRunner().invoke(main, ["roll", str(staff), "-o", str(tmp_path / "roll.txt")])
    assert done.exit_code == 0, done.output
    digest = done.output.split('roll_sha256 = "')[1].split('"')[0]
    assert Roll.read(str(tmp_path / "roll.txt"), digest).has("Goldcrest", "Imogen")
    assert "Goldcrest" not in (tmp_path / "roll.txt").read_text()
