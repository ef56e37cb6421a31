"""Imports go one way, and what is dangerous is imported in one place only."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.files import ROOT, imported, python_files, text_of

ONLY_THERE = {
    "kafka": ("shared/chassis/events/kafka/", "services/operations/", "tests/"),
    "boto3": ("shared/chassis/blobs.py", "tests/"),
    "smtplib": ("services/intake/", "services/operations/", "tests/"),
    "flask": ("shared/chassis/http/", "shared/chassis/runtime.py", "shared/chassis/service.py", "services/", "tests/"),
    "pickle": (),
    "sqlalchemy.orm": (),
    "requests": ("tests/",),
}


def test_the_import_rules_hold():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-3_000:] + found.stderr[-1_000:]


@pytest.mark.parametrize("package", ONLY_THERE)
def test_what_is_dangerous_or_heavy_is_imported_where_it_belongs_only(package):
    wrong = [
        name
        for name in python_files("services/", "shared/", "tests/")
        if any(module == package or module.startswith(f"{package}.") for module in imported(name))
        and not name.startswith(ONLY_THERE[package])
    ]
    assert wrong == []


def test_the_environment_is_read_in_one_place():
    wrong = [
        name
        for name in python_files("services/", "shared/")
        if ("environ" in text_of(name) or "getenv" in text_of(name))
        and any(
            isinstance(node, ast.Attribute)
            and node.attr in ("environ", "getenv")
            and isinstance(node.value, ast.Name)
            and node.value.id == "os"
            for node in ast.walk(ast.parse(text_of(name)))
        )
    ]
    assert wrong == ["shared/chassis/config.py"]


def test_nothing_but_the_clock_asks_the_machine_for_the_time():
    """Tokens and certificates are judged by the machine's clock, and so is how long something took."""
    allowed = (
        "shared/chassis/clock.py",
        "shared/chassis/identity.py",
        "shared/chassis/local_issuer.py",
        "services/operations/",
    )
    wrong = [
        f"{name}:{node.lineno}"
        for name in python_files("services/", "shared/")
        if not name.startswith(allowed)
        for node in ast.walk(ast.parse(text_of(name)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("now", "utcnow", "today")
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("datetime", "date")
    ]
    assert wrong == []


def test_nothing_but_its_owner_commits():
    wrong = [
        f"{name}:{node.lineno}"
        for name in python_files("services/", "shared/")
        for node in ast.walk(ast.parse(text_of(name)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert [place for place in wrong if not place.startswith(("shared/chassis/events/", "services/operations/"))] == []
