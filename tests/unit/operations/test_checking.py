"""`candour check` on files and folders."""

import json

import pytest
from click.testing import CliRunner

from services.cli import main
from tests.release_check.made.archives import zipped

CLEAN = b"Area,Incidents\nNorth,120\nSouth,640\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b.csv").write_bytes(CLEAN)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text("Thank you for your request.\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def archive(tmp_path):
    file = tmp_path / "papers.zip"
    file.write_bytes(zipped({"a.csv": CLEAN}))
    return str(file)


def run(*arguments, **settings):
    return CliRunner().invoke(main, ["check", *map(str, arguments)], env=settings)


def test_files_that_hide_nothing_end_in_0(folder):
    done = run(folder)
    assert (done.exit_code, done.stderr) == (0, "")
    told = [line for line in done.stdout.splitlines() if line]
    assert [line.partition(":")[0] for line in told] == [str(folder / "b.csv"), str(folder / "deep" / "a.txt")]
    assert all("nothing found" in line and "no scanner is configured" in line for line in told)


def test_a_file_that_may_not_leave_is_told_with_rule_place_and_mend_and_ends_in_1(archive):
    done = run(archive)
    assert done.exit_code == 1
    assert f"{archive}: it may not leave (zip;" in done.stdout
    assert done.stdout.index("Must be mended") < done.stdout.index("REL-12")
    assert "Mend: " in done.stdout


def test_json_is_one_array_of_reports(folder, archive):
    done = run(folder, "--json")
    reports = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [each["type"] for each in reports] == ["csv", "txt", "zip"]
    assert [each["verdict"] for each in reports] == ["pass", "pass", "block"]
    assert {"file", "sha256", "type", "verdict", "findings", "ruleset", "malware"} == set(reports[0])
    found = reports[2]["findings"]
    assert found
    assert all(set(each) == {"code", "rule", "severity", "where", "excerpt", "mend"} for each in found)


def test_a_policy_of_ones_own_is_named_in_the_report(folder, tmp_path_factory):
    policy = tmp_path_factory.mktemp("own") / "policy.toml"
    policy.write_text("[limits]\nfile_size = 10\n", encoding="utf-8")
    for done in (
        run(folder / "b.csv", "--json", "--policy", policy),
        run(folder / "b.csv", "--json", CANDOUR_RELEASE_POLICY=str(policy)),
    ):
        assert done.exit_code == 1
        report = json.loads(done.stdout)[0]
        assert report["ruleset"].startswith("1-")
        assert [each["code"] for each in report["findings"]] == ["archive_bomb"]


def test_a_scanner_that_gives_no_answer_blocks_and_is_told(folder):
    done = run(folder / "b.csv", CANDOUR_CLAMD="unix:///no/such/socket")
    assert done.exit_code == 1
    assert "the scanner gives no answer" in done.stdout


def test_what_was_released_before_may_be_given(folder):
    assert run(folder / "b.csv", "--earlier", folder / "b.csv").exit_code in (0, 1)


@pytest.mark.parametrize("text", ["unknown_setting = 1", "not toml", "[limits]\nwall = 0"])
def test_a_policy_that_cannot_be_used_ends_in_2_with_one_message(folder, tmp_path_factory, text):
    policy = tmp_path_factory.mktemp("own") / "policy.toml"
    policy.write_text(text, encoding="utf-8")
    done = run(folder / "b.csv", "--policy", policy)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Error: " in done.stderr


def test_nothing_to_check_ends_in_2(tmp_path):
    done = run(tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "the folder holds no file" in done.stderr
    assert run(tmp_path / "missing.csv").exit_code == 2
    assert run().exit_code == 2


@pytest.mark.parametrize("address", ["localhost", "tcp://localhost", "http://localhost:3310", "unix://"])
def test_the_address_of_a_scanner_is_checked_with_the_settings(folder, address):
    done = run(folder, CANDOUR_CLAMD=address)
    assert done.exit_code == 1
    assert "CANDOUR_CLAMD must be unix:///path or tcp://host:port" in done.stderr
