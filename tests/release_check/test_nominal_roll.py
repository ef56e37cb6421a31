"""The nominal roll finds a force's own people and no others. All of them are invented."""

from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.operations import OperationFailed
from services.operations.roll_making import roll as roll_command
from services.publishing.release_check.bounds import Unreadable
from services.publishing.release_check.confinement import Examiners
from services.publishing.release_check.nominal_roll import Person, Roll, tokens_of
from services.publishing.release_check.policy import Policy, read_policy
from tests.release_check.checking import checked, codes
from tests.release_check.saying import blocks, found, told

SURNAMES = [
    "Bloggs",
    "Sample",
    "Tester",
    "Fictley",
    "Madeup",
    "Placehold",
    "Noname",
    "Exampley",
    "Specimen",
    "Mockford",
    "Draftly",
]
PEOPLE = [
    *(Person(surname=each, forename="Zebedee", collar=str(4470 + number)) for number, each in enumerate(SURNAMES, 1)),
    Person(surname="Van Der Sample", forename="Ottoline"),
    Person(surname="O’Néverwas", forename="Séverine"),
]
DATA = tokens_of(PEOPLE, b"0123456789abcdef")


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    path = tmp_path / "roll"
    path.write_bytes(DATA)
    return Policy(roll=str(path), roll_sha256=sha256(DATA).hexdigest())


@pytest.mark.parametrize(
    "text",
    [
        "It was seen by Zebedee Bloggs at noon.",
        "ZEBEDEE BLOGGS",
        "Bloggs, Zebedee",
        "BLOGGS, Z.",
        "Z. Bloggs signed it",
        "Z Bloggs signed it",
        "PC 4471 Bloggs attended",
        "Bloggs 4471 attended",
        "Zebedee Quentin Bloggs",
        "Zebedee\nBloggs",
        "Ottoline van der Sample",
        "Van Der Sample, Ottoline",
        "Severine O'Neverwas",
        "At Norwich Zebedee Bloggs",
    ],
)
def test_somebody_of_the_roll_is_found_in_running_text(text: str, policy: Policy) -> None:
    assert ("nominal_roll", "review") in told(text, policy=policy)
    assert "nominal_roll" not in blocks(text, policy=policy)


@pytest.mark.parametrize(
    "text",
    [
        "Somebody Bloggs",
        "Zebedee Somebody",
        "zebedee bloggs",
        "Zebedee went home. Then Bloggs",
        "Y. Bloggs",
        "PC 4472 Bloggs",
        "The Sample of Zebedee",
        "Bloggs",
        "Bloggs - , 12",
    ],
)
def test_nobody_else_is_found(text: str, policy: Policy) -> None:
    assert ("nominal_roll", "review") not in told(text, policy=policy)


@pytest.mark.parametrize(
    "row",
    [["Bloggs", "Zebedee"], ["Zebedee", "Bloggs"], ["BLOGGS", "PC", "Z"], ["4471", "Bloggs"], ["Zebedee Bloggs", ""]],
)
def test_somebody_of_the_roll_is_found_in_cells_side_by_side(row: list[str], policy: Policy) -> None:
    assert told(tables=[[["A", "B", "C"], row]], policy=policy) == {("nominal_roll", "review")}


def test_one_officer_is_for_a_person_to_look_at_and_ten_block_the_release(policy: Policy) -> None:
    rows = [["x", "Zebedee", each, "12"] for each in SURNAMES[:10]]
    assert "dense_personal_data" in blocks(tables=[rows], policy=policy)
    assert blocks(tables=[rows[:9]], policy=policy) == set()
    lines = [f"Zebedee {each}" for each in SURNAMES[:10]]
    assert blocks("\n".join(lines), policy=policy) == {"dense_personal_data"}
    assert blocks("\n".join(lines[:9]), policy=policy) == set()


def test_one_name_row_after_row_is_one_person(policy: Policy) -> None:
    assert blocks(tables=[[["Bloggs", "Z", str(number)] for number in range(30)]], policy=policy) == set()


def test_a_name_that_the_policy_allows_is_no_finding(policy: Policy) -> None:
    allowed = Policy(roll=policy.roll, roll_sha256=policy.roll_sha256, allowed=("Zebedee Bloggs",))
    assert told("by Zebedee Bloggs", tables=[[["Zebedee", "Bloggs"]]], policy=allowed) == set()


def test_a_finding_shows_no_name(policy: Policy) -> None:
    (finding,) = found("by Zebedee Bloggs", policy=policy)
    assert finding.excerpt == "Z•••••• B•••••"


def test_the_roll_lists_nobody() -> None:
    assert not any(each.lower().encode() in DATA.lower() for each in (*SURNAMES, "Zebedee", "4471"))
    assert tokens_of(PEOPLE, b"another salt 123") != DATA


@pytest.mark.parametrize(
    ("data", "digest", "words"),
    [
        (DATA, "0" * 64, "not the one that the policy names"),
        (b"no roll", sha256(b"no roll").hexdigest(), "not in the form"),
        (DATA.replace(b"roll 1", b"roll 2"), "", "not in the form"),
        (None, "0" * 64, "cannot be read"),
    ],
)
def test_a_roll_that_cannot_be_used_stops_the_check(
    data: bytes | None, digest: str, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "roll"
    if data is not None:
        path.write_bytes(data)
    policy = Policy(roll=str(path), roll_sha256=digest or sha256(data or b"").hexdigest())
    with pytest.raises(Unreadable, match=words):
        found("nothing", policy=policy)


def test_a_file_does_not_pass_without_the_roll_that_the_policy_names(policy: Policy) -> None:
    assert codes(checked(b"It was seen by Zebedee Bloggs.\n", "reply.txt", policy)) == {"nominal_roll"}
    assert codes(checked(b"It was seen by Somebody Else.\n", "reply.txt", policy)) == set()
    another = Policy(roll=policy.roll, roll_sha256="0" * 64)
    assert codes(checked(b"Nothing.\n", "reply.txt", another), "block") == {"unreadable"}


def test_a_confined_check_finds_the_people_of_the_roll(policy: Policy) -> None:
    with Examiners(policy) as examiners:
        report = examiners.inspect(b"It was seen by Zebedee Bloggs.\n", "reply.txt")
    assert codes(report) == {"nominal_roll"}


def test_the_command_makes_a_roll_that_the_policy_can_name(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text("Surname,Forename,Collar\nBloggs,Zebedee,4471\n\nSample,Jo,\n", "utf-8-sig")
    result = CliRunner().invoke(roll_command, [str(tmp_path / "staff.csv"), "-o", str(tmp_path / "force.roll")])
    assert result.exit_code == 0, result.output
    (tmp_path / "policy.toml").write_text("\n".join(line for line in result.output.splitlines() if "=" in line))
    policy = read_policy(tmp_path / "policy.toml")
    assert Roll.read(policy.roll, policy.roll_sha256).has("Bloggs", "Zebedee")
    assert ("nominal_roll", "review") in told("Jo Sample", policy=policy)


@pytest.mark.parametrize(
    ("staff", "words"),
    [
        (b"Name,Forename\nBloggs,Jo\n", "no column surname"),
        (b"Surname,Forename\n", "names nobody"),
        (b"Surname,Forename\nBloggs,\n", "line 2: write both"),
        (b"Surname,Forename\nBl\xe9,Jo\n", "not UTF-8"),
        (b"", "no column surname and forename"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_staff_list(staff: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_bytes(staff)
    result = CliRunner().invoke(roll_command, [str(tmp_path / "staff.csv"), "-o", str(tmp_path / "force.roll")])
    assert isinstance(result.exception, OperationFailed)
    assert words in str(result.exception)
    assert not (tmp_path / "force.roll").exists()
