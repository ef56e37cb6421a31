"""What is installed is what was locked: every package by exact version and hash, from whatever index a machine uses."""

import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.repository.files import imported, python_files, text_of

LOCKS = ("requirements", "requirements-build", "requirements-dev", "requirements-java")
SUPPLIED = {"spacy"}
"""What an authority may supply with a model of its own, and what is never installed by itself."""
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+) \\$", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall(text_of(f"{lock}.txt")))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_hashes(lock):
    text = text_of(f"{lock}.txt")
    blocks = [block for block in re.split(r"\n(?=\S)", text) if block and not block.startswith("#")]
    assert [block.split("\n")[0] for block in blocks if not PIN.match(block) or "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_and_no_path(lock):
    assert re.findall(r"^(?:-|https?:|file:|\.|/).*", text_of(f"{lock}.txt"), re.MULTILINE) == []
    assert " @ " not in text_of(f"{lock}.txt")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_wanted_package_is_locked(lock):
    wanted = [re.split(r"[\[<>=]", line)[0].lower() for line in text_of(f"{lock}.in").splitlines()]
    wanted = [name for name in wanted if name and name[0] not in "#-"]
    assert [name for name in wanted if name not in pins(lock)] == []


@pytest.mark.parametrize("lock", ["requirements", "requirements-build"])
def test_what_is_tested_is_what_runs(lock):
    tested = pins("requirements-dev")
    assert {name: version for name, version in pins(lock).items() if tested.get(name) != version} == {}


def test_every_import_of_the_code_is_wanted_by_name():
    """Nothing that runs leans on a package that only came along with another."""
    wanted = {
        re.split(r"[\[<>=]", line)[0].lower().replace("_", "-")
        for line in text_of("requirements.in").splitlines() + text_of("requirements-java.in").splitlines()
    }
    owners = packages_distributions()
    known = {*sys.stdlib_module_names, "services", "shared", *SUPPLIED}
    missing = {
        top: name
        for name in python_files("services/", "shared/")
        for top in {module.partition(".")[0] for module in imported(name)} - known
        if not {owner.lower().replace("_", "-") for owner in owners.get(top, [top])} & wanted
    }
    assert missing == {}
