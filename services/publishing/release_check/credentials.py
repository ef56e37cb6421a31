"""User names and passwords in connection strings, addresses and queries (REL-06)."""

import re

from services.publishing.release_check.looking import Look
from services.publishing.release_check.report import masked

_SECRET = re.compile(
    r"(?i)(?<![\w])(password|pwd|passwd|user\s?id|uid|user\s?name|account\s?key|shared\s?access\s?key|access\s?token"
    r"|client\s?secret|api[\s_-]?key|sig)\s*[=:]\s*[\"']?(?P<value>[^;\s\"'&,)\]]+)"
)
_IN_ADDRESS = re.compile(r"(?i)\b[a-z][a-z0-9+.-]{0,20}://(?P<value>[^/\s:@]{1,100}:[^/\s@]{1,200})@")
_NOT_SAID = re.compile(r"(?i)\*+|x+|null|none|true|false|\[.*")


def find_credentials(look: Look, where: str, text: str) -> None:
    """Note the first of what looks like a user name or password with a value."""
    for pattern in (_SECRET, _IN_ADDRESS):
        for each in pattern.finditer(text):
            if not _NOT_SAID.fullmatch(each["value"]):
                look.found("credential", where, masked(each.group()))
                return
