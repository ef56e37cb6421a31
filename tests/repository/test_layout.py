"""The repository keeps its own rules: where things are, how large they are, what they are called."""

import ast
import re

import pytest

import services
import shared
from services import SERVICES
from tests.repository.files import ROOT, python_files, repository_files, text_of

EIGHT = ("service", "routes", "schemas", "commands", "queries", "consumer", "domain", "models")
LONGEST = 300
ANY_CODE = ("services/", "shared/", "tests/", "deploy/")
# Put together here, so that this file does not hold what it looks for.
NAMES_OF_NOTHING = ("util", "utils", "helper", "helpers", "common", "manager", "misc", "base")
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
OF_A_MACHINE = re.compile(
    "|".join(
        (
            r"/" + r"(work|farm|root|opt/wheels|Users)/",
            r"/home/" + r"\w+/",
            r"https?://[^\s\"'<>)]*(pypi|pythonhosted|artifactory|nexus|mirror)",
            r"index" + r"-url[ =]https?",
            r"find" + r"-links[ =]/",
        )
    )
)


@pytest.mark.parametrize("package", [services, shared])
def test_what_is_tested_is_this_working_copy(package):
    assert package.__path__[0] == str(ROOT / package.__name__)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_the_same_eight_files_and_migrations(name):
    folder = ROOT / "services" / name
    assert [module for module in EIGHT if not (folder / f"{module}.py").is_file()] == []
    assert list((folder / "migrations" / "versions").glob("0001_*.py")) != []


def test_every_folder_of_a_service_is_named_as_one():
    folders = {path.parent.name for path in (ROOT / "services").glob("*/service.py")}
    assert folders == set(SERVICES)


def test_no_module_is_too_long_to_be_read_in_one_sitting():
    lengths = {name: text_of(name).count("\n") for name in python_files(*ANY_CODE)}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_name_says_nothing():
    words = {name: set(re.split(r"[/_.\-]", name.lower())) for name in repository_files()}
    assert [name for name, parts in words.items() if parts & set(NAMES_OF_NOTHING)] == []


def test_no_class_or_function_has_a_name_that_says_nothing():
    found = []
    for name in python_files("services/", "shared/"):
        for node in ast.walk(ast.parse(text_of(name))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                words = re.findall(r"[A-Z]?[a-z0-9]+", node.name)
                found += [f"{name}: {node.name}" for word in words if word.lower() in NAMES_OF_NOTHING]
    assert found == []


def test_the_chassis_knows_nothing_of_the_business():
    """It could carry a service about parking fines as it is."""
    words = re.compile(r"\b(case|exemption|consultee)s?\b", re.IGNORECASE)
    found = [
        f"{name}:{number}"
        for name in repository_files()
        if name.startswith("shared/chassis/")
        for number, line in enumerate(text_of(name).splitlines(), start=1)
        if words.search(line)
    ]
    assert found == []


def lines_with(pattern, *, but=()):
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name in repository_files()
        if not name.startswith(but)
        for number, line in enumerate(text_of(name).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_nothing_is_left_to_be_finished_later():
    assert lines_with(UNFINISHED) == []


def test_no_file_names_a_place_on_somebodys_machine_or_a_package_registry():
    assert lines_with(OF_A_MACHINE) == []


def test_every_module_says_what_it_is_for():
    silent = [
        name
        for name in python_files("services/", "shared/")
        if text_of(name).strip() and ast.get_docstring(ast.parse(text_of(name))) is None
    ]
    assert silent == []


def test_what_a_shell_runs_may_be_run_and_stops_at_the_first_failure():
    scripts = [name for name in repository_files() if text_of(name).startswith("#!")]
    assert ".ci/run" in scripts
    wrong = [name for name in scripts if not (ROOT / name).stat().st_mode & 0o111]
    assert wrong == []


def test_the_check_before_a_merge_is_the_one_that_people_run():
    commands = [line for line in text_of(".ci/run").splitlines() if line and not line.startswith("#")]
    assert commands[0] == "set -euo pipefail"
    assert commands[-1] == "exec make test"


def test_every_test_is_in_a_folder_that_make_test_runs():
    run = set(re.findall(r"tests/([a-z_]+)", text_of("Makefile")))
    folders = {name.split("/")[1] for name in python_files("tests/") if name.rpartition("/")[2].startswith("test_")}
    assert folders <= run
