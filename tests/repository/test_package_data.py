"""What the code reads beside itself is part of the package: an installed Candour finds it."""

import tomllib
from fnmatch import fnmatch
from pathlib import PurePosixPath

from tests.repository.files import repository_files, text_of


def test_every_file_beside_the_code_goes_with_it():
    patterns = tomllib.loads(text_of("pyproject.toml"))["tool"]["setuptools"]["package-data"]["*"]
    beside = [
        name for name in repository_files() if name.startswith(("services/", "shared/")) and not name.endswith(".py")
    ]
    assert beside != []
    names = {name: PurePosixPath(name).name for name in beside}
    assert [name for name, last in names.items() if not any(fnmatch(last, pattern) for pattern in patterns)] == []
