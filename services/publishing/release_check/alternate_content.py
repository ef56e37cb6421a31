"""Content that a document holds in several versions, for programs that can show more or less (`mc:AlternateContent`).

The first version whose features present programs know is what a reader sees. That the others say the same is checked
here (REL-11); what else they hold is passed over, because the version for old programs repeats the other one."""

import re
from typing import Any

from services.publishing.release_check.looking import Look
from services.publishing.release_check.markup import all_named, attribute, local, text_of
from services.publishing.release_check.report import masked

_KNOWN = re.compile(
    r"schemas\.microsoft\.com/office|schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml|schemas-microsoft-com"
)

_EXCUSE = re.compile(r"isn.tavailableinyourversion|shaperepresentsa(?:table)?(?:slicer|timeline)")
"""What old programs are told to show instead, without its spaces."""


def shown(alternatives: Any) -> Any | None:
    """The version that present programs show; None where there is none."""
    branches = [each for each in alternatives if local(each) in ("Choice", "Fallback")]
    return next((each for each in branches if _is_known(each)), None)


def note_differences(root: Any, where: str, look: Look) -> None:
    """Note versions whose words differ from those that are shown."""
    differing = [each for each in all_named(root, "AlternateContent") if _differ(each)]
    if differing:
        text = " / ".join(_words(branch) for branch in differing[0])
        look.found("alternate_content", f"{where}, {len(differing)} in all", masked(text))


def _differ(alternatives: Any) -> bool:
    said = [words for each in alternatives if (words := _words(each))]
    if len(set(said)) > 1:
        return True
    seen = shown(alternatives)
    if seen is not None and _words(seen):
        # A version without words is a picture of the other, as of a formula.
        return False
    return any(any(map(str.isalnum, words)) and not _EXCUSE.search(words) for words in said)


def _words(branch: Any) -> str:
    """All words in it; of versions inside it only those that are shown, as they are compared by themselves."""
    inner = {id(text) for nested in all_named(branch, "AlternateContent") for text in _unseen_texts(nested)}
    return "".join("".join(text_of(each) for each in all_named(branch, "t") if id(each) not in inner).split())


def _unseen_texts(alternatives: Any) -> list[Any]:
    seen = shown(alternatives)
    return [text for branch in alternatives if branch is not seen for text in all_named(branch, "t")]


def _is_known(branch: Any) -> bool:
    """A version may be shown when every namespace that it asks for is one of the office programs' own."""
    if local(branch) == "Fallback":
        return True
    prefixes = attribute(branch, "Requires").split()
    return bool(prefixes) and all(_KNOWN.search(branch.nsmap.get(each) or "") for each in prefixes)
