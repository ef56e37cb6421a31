"""The jars of Apache Kafka: fetched once by Maven, and the same ones to the byte on every machine."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from services.operations import OperationFailed
from services.operations.java import Java

ROOT = Path(__file__).parents[2]
JARS = ROOT / "var" / "kafka" / "libs"
"""Shared by all state folders of this working copy."""

POM = ROOT / "deploy" / "kafka" / "pom.xml"
SUMS = ROOT / "deploy" / "kafka" / "libs.sha256"


def ensure_jars(java: Java, say: Callable[[str], None], folder: Path = JARS) -> list[Path]:
    """The checked jars, in the order of the class path. Raises `OperationFailed` naming each that is not as listed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _fetch(java, folder, say)
        differences = compare(folder)
    if differences:
        raise OperationFailed(
            f"The jars in {folder} are not those listed in {SUMS}:\n  " + "\n  ".join(differences) + "\n"
            f"If you did not change them on purpose, run: rm -r {folder}   and then the same command again"
        )
    return sorted(folder.glob("*.jar"))


def compare(folder: Path, sums: Path = SUMS) -> list[str]:
    """What differs between the jars in `folder` and their list: missing, changed or not listed. [] when nothing."""
    listed = {name: digest for digest, name in (line.split() for line in sums.read_text().splitlines())}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    return (
        [f"{name} is missing" for name in sorted(listed.keys() - found.keys())]
        + [f"{name} is not listed" for name in sorted(found.keys() - listed.keys())]
        + [
            f"{name} is not the one listed (sha256 {found[name]})"
            for name in sorted(listed.keys() & found.keys())
            if found[name] != listed[name]
        ]
    )


def _fetch(java: Java, folder: Path, say: Callable[[str], None]) -> None:
    maven = _maven(say)
    say("Fetching Apache Kafka from Maven Central (46 jars, 44 MB, once)")
    part = folder.with_name("libs.part")
    shutil.rmtree(part, ignore_errors=True)
    command = ["env", f"JAVA_HOME={java.home}", maven, "-q", "-B", "-f", str(POM), "dependency:copy-dependencies"]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={part}"]
    fetched = subprocess.run(command, capture_output=True, text=True, check=False)
    if fetched.returncode != 0:
        raise OperationFailed(
            f"Maven could not fetch Apache Kafka:\n{fetched.stdout.strip()[-1500:]}\n"
            "Is Maven Central, or your mirror of it, within reach? To see it all, run:\n"
            f"  mvn -f {POM} dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory={folder}\n"
            "or set KAFKA_BOOTSTRAP_SERVERS to an existing Kafka"
        )
    part.rename(folder)


def _maven(say: Callable[[str], None]) -> str:
    if shutil.which("mvn") is None and shutil.which("apt-get") is not None and os.geteuid() == 0:
        say("Installing Maven (apt-get install maven)")
        install = ["apt-get", "install", "-y", "--no-install-recommends", "maven"]
        if subprocess.run(install, capture_output=True, check=False).returncode != 0:
            subprocess.run(["apt-get", "update"], capture_output=True, check=False)
            subprocess.run(install, capture_output=True, check=False)
    maven = shutil.which("mvn")
    if maven is None:
        raise OperationFailed(
            "Maven is needed once, to fetch Apache Kafka. On Debian or Ubuntu run:\n"
            "  sudo apt-get install -y --no-install-recommends maven\n"
            "elsewhere install Maven 3.6 or later; or set KAFKA_BOOTSTRAP_SERVERS to an existing Kafka"
        )
    return maven
