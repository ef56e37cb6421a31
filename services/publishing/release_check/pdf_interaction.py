"""What a PDF lets its reader do, and what readers did to it: actions, annotations, forms (REL-10, REL-16)."""

import re
from typing import Any

import pikepdf

from services.publishing.release_check.looking import Look
from services.publishing.release_check.pdf_objects import DOCUMENT, Met, Objects
from services.publishing.release_check.report import REVIEW, masked

_ACTIONS: dict[str, str] = {
    **dict.fromkeys(("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie"), "javascript"),
    **dict.fromkeys(("/Sound", "/GoTo3DView", "/RichMediaExecute", "/SetOCGState", "/Hide"), "javascript"),
    **dict.fromkeys(("/GoToR", "/GoToE"), "external_link"),
}
_HARMLESS_ACTIONS = ("/GoTo", "/URI", "/Named", "/Thread", "/Trans", "/ResetForm")
_ACTION_KEYS = ("/A", "/OpenAction", "/Next", "/PA")
_ANNOTATIONS: dict[str, str] = {
    "/Redact": "unapplied_redaction",
    "/FileAttachment": "attachment",
    **dict.fromkeys(("/Screen", "/Movie", "/Sound", "/3D", "/RichMedia"), "javascript"),
}
"""The code for each kind; every other kind is an annotation."""
_HARMLESS_ANNOTATIONS = ("/Link", "/Widget", "/PrinterMark")
_FIELD_KEYS = ("/Fields", "/Kids", "/Annots")
_LOCAL = re.compile(r"^\s*(?:file:|[a-z]:[\\/]|\\\\)", re.I)
_SCRIPT = re.compile(r"^\s*(?:javascript|vbscript|data):", re.I)
_EMPTY = ("", "/Off")


def inspect_interaction(look: Look, objects: Objects) -> None:
    """Note every action but leading somewhere, every annotation but a link, every field that is filled in."""
    marks: dict[tuple[str, str], list[str]] = {}
    for met in objects.met:
        _inspect_action(look, met)
        if _is_annotation(met):
            code = _ANNOTATIONS.get(met.name("/Subtype"), "annotation")
            if met.name("/Subtype") not in _HARMLESS_ANNOTATIONS:
                marks.setdefault((code, met.where), []).append(_described(met))
        _inspect_field(look, met)
        if met.key == "/AcroForm" and "/XFA" in met.thing:
            look.found("unknown_part", "the form's XFA data")
        if met.key == "/Perms":
            look.found("protection", DOCUMENT)
    for (code, where), these in marks.items():
        look.found(code, f"{where}: {len(these)}", "; ".join(these[:5]))


def _inspect_action(look: Look, met: Met) -> None:
    kind = met.name("/S")
    code = _ACTIONS.get(kind, "")
    if "/JS" in met.thing:
        code = "javascript"
    is_action = met.name("/Type") == "/Action" or (met.key in _ACTION_KEYS and kind)
    if is_action and not code and kind not in _HARMLESS_ACTIONS:
        code = "javascript"
    if kind == "/Thread" and "/F" in met.thing:
        code = "external_link"
    if code:
        look.found(code, f"{met.where}, an action {kind.removeprefix('/') or 'JavaScript'}")
    address = met.text("/URI")
    if _LOCAL.match(address):
        look.found("external_link", f"{met.where}, a link to a file", masked(address))
    elif _SCRIPT.match(address):
        look.found("javascript", f"{met.where}, a link that runs a script")
    if met.is_stream and any(key in met.thing for key in ("/F", "/FFilter")):
        look.found("external_link", f"{met.where}, content that lies in another file")


def _is_annotation(met: Met) -> bool:
    if met.is_stream:
        return False
    return met.key == "/Annots" or met.name("/Type") == "/Annot" or ("/Rect" in met.thing and "/Subtype" in met.thing)


def _described(met: Met) -> str:
    """`Highlight by J••• S••••: w••• i• t•••`."""
    by, says = masked(met.text("/T")), masked(met.text("/Contents"))
    return (
        (met.name("/Subtype").removeprefix("/") or "mark") + (f" by {by}" if by else "") + (f": {says}" if says else "")
    )


def _inspect_field(look: Look, met: Met) -> None:
    is_field = "/FT" in met.thing or met.name("/Subtype") == "/Widget" or met.key in _FIELD_KEYS
    if met.is_stream or not is_field:
        return
    name = f"{met.where}, field {masked(met.text('/T'))}".rstrip()
    value = met.thing.get("/V")
    if isinstance(value, pikepdf.Dictionary):
        look.found("protection", f"{name}, a signature")
        look.found("author", f"{name}, a signature names its signer")
        return
    if any(_said(met.thing.get(key)).strip() not in _EMPTY for key in ("/V", "/DV", "/RV")):
        look.found(
            "form_value", name, masked(_said(met.thing.get("/V") or met.thing.get("/DV") or met.thing.get("/RV")))
        )
    elif met.key in _FIELD_KEYS and "/Opt" in met.thing:
        look.found("form_value", f"{name}, a list of choices", severity=REVIEW)


def _said(value: Any) -> str:
    """A field's value as text; a list's values in a row, a long text's stream as it is."""
    if value is None:
        return ""
    if isinstance(value, pikepdf.Array):
        return " ".join(_said(each) for each in value)
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes().decode("utf-8", "replace")
    return str(value)
