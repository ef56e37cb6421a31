"""The files that belong to the repository: what is committed, or would be."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
VENDORED = ("shared/chassis/http/static/swagger/",)
"""What others have written and is kept here as it came."""


@cache
def repository_files() -> tuple[str, ...]:
    """Paths from the root, without what is vendored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = sorted(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())
    return tuple(name for name in found if not name.startswith(VENDORED))


def python_files(*folders: str) -> list[str]:
    return [name for name in repository_files() if name.endswith(".py") and name.startswith(folders)]


def text_of(name: str) -> str:
    """The text of a file; empty where it is not text."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def imported(name: str) -> Iterator[str]:
    """The modules that a Python file imports."""
    for node in ast.walk(ast.parse(text_of(name))):
        if isinstance(node, ast.Import):
            yield from (item.name for item in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
