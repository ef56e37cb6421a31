"""The release check of one file: recognised by content, inspected by kind, everything inside it inspected as well."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from importlib import import_module

from services.publishing.release_check import recognising
from services.publishing.release_check.bounds import Bounds, TooLarge, Unreadable
from services.publishing.release_check.looking import Look, Table
from services.publishing.release_check.policy import Policy
from services.publishing.release_check.report import Report, summed_up

Inspector = Callable[[Look], None]

_INSPECTORS: Mapping[str, str] = {
    "xlsx": "workbook",
    "docx": "word",
    "pptx": "slides",
    "ods": "opendocument",
    "odt": "opendocument",
    "odp": "opendocument",
    "pdf": "portable_document",
    "rtf": "rich_text",
    "csv": "plain_text",
    "txt": "plain_text",
    "json": "plain_text",
    "html": "web_page",
    "svg": "web_page",
    **dict.fromkeys(("png", "jpeg", "gif", "tiff", "bmp", "webp"), "picture"),
    **dict.fromkeys(("emf", "wmf"), "metafile"),
    **dict.fromkeys(("xls", "xlsb", "doc", "ppt", "ole"), "old_formats"),
    **dict.fromkeys(("eml", "msg"), "message"),
    **dict.fromkeys(("zip", "7z", "rar", "gzip", "bzip2", "xz", "tar"), "archive"),
}
"""The module that inspects each kind, by its function `inspect`. Each is loaded when it is first wanted: a text needs
no PDF library."""


def inspect(data: bytes, name: str, policy: Policy, earlier: Sequence[tuple[str, bytes]] = ()) -> Report:
    """Everything that the file would tell beyond what it shows, and what it should not show. `earlier` are files that
    were released before, with their names: a withheld number may be the difference to one of them (REL-23).

    Never raises for what the file holds: what cannot be read is a finding that blocks (REL-27). Whatever stops the
    process itself, such as its limits, is for `confinement` to turn into one.
    """
    look = _look(data, name, policy)
    look.earlier = [table for each in earlier for table in tables_of(each[1], each[0], policy)]
    kind = _inspected(look)
    return Report(
        file=name,
        sha256=sha256(data).hexdigest(),
        type=kind,
        findings=summed_up(look.findings),
        ruleset=policy.ruleset,
    )


def tables_of(data: bytes, name: str, policy: Policy) -> Sequence[Table]:
    """The visible tables of a file, as far as it can be read."""
    look = _look(data, name, policy)
    _inspected(look)
    return look.tables


def looked_through(data: bytes, name: str, policy: Policy) -> tuple[str, Look]:
    """The kind of a file, and everything that a reader sees of it, exactly as it is shown."""
    look = _look(data, name, policy)
    look.exact = True
    return _inspected(look), look


def _look(data: bytes, name: str, policy: Policy) -> Look:
    return Look(name=name, data=data, policy=policy, bounds=Bounds(policy.limits), descend=_descend)


def _inspected(look: Look) -> str:
    kind = recognising.UNKNOWN
    try:
        if len(look.data) > look.policy.limits.file_size:
            raise TooLarge(f"larger than {look.policy.limits.file_size // 1_000_000} MB")
        kind = recognising.recognise(look.data, look.name)
        _look_into(look, kind)
    except TooLarge as error:
        look.found("archive_bomb", str(error))
    except Unreadable as error:
        look.found("unreadable", str(error))
    except MemoryError:
        look.found("unreadable", "needs more memory than a check may have")
    except Exception as error:
        # A library may fail on a broken file in any way there is; nothing of that may count as a pass.
        look.found("unreadable", f"a failure while it was read ({type(error).__name__})")
    return kind


def _look_into(look: Look, kind: str) -> None:
    if not look.depth and not recognising.fits(kind, look.name):
        look.found("type_mismatch", f"the content is {kind}, the name is {_ending(look.name)}")
    if not look.data:
        raise Unreadable("is empty")
    module = _INSPECTORS.get(kind)
    if module is None:
        raise Unreadable(f"is of a kind that cannot be checked: {kind}")
    _inspector(module)(look)
    _inspector("wording")(look)
    _inspector("counts")(look)


def _inspector(module: str) -> Inspector:
    inspector: Inspector = import_module(f"{__package__}.{module}").inspect
    return inspector


def _descend(outer: Look, name: str, data: bytes) -> None:
    """Inspect what is embedded. It need not have a name that fits: programs call parts as they like."""
    outer.bounds.embed(outer.depth + 1)
    inner = Look(
        name=name,
        data=data,
        policy=outer.policy,
        bounds=outer.bounds,
        within=f"{outer.within}{name} › ",
        depth=outer.depth + 1,
        descend=_descend,
        earlier=outer.earlier,
    )
    _inspected(inner)
    outer.findings += (each for each in inner.findings)


def _ending(name: str) -> str:
    return name.rpartition(".")[2][:12] if "." in name else "without an ending"
