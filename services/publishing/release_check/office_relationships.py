"""What each kind of relationship in an Office package leads to, and what that means for a release.

A kind is the last segment of a relationship's type. A kind that stands in none of these tables is an unknown part.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Told(NamedTuple):
    """A part that is a finding when it holds one of `elements`; `severity` where it is not the code's own, `what` in
    words for people, of one and of many."""

    code: str
    elements: tuple[str, ...]
    one: str
    many: str
    severity: str = ""


BY_PRESENCE: Mapping[str, tuple[str, str, str]] = {
    "vbaProject": ("vba_macro", "", "macros"),
    "wordVbaData": ("vba_macro", "", "macros"),
    "vbaProjectSignature": ("vba_macro", "", "a signature of macros"),
    "vbaProjectSignatureAgile": ("vba_macro", "", "a signature of macros"),
    "vbaProjectSignatureV3": ("vba_macro", "", "a signature of macros"),
    "attachedToolbars": ("vba_macro", "", "toolbars with macros"),
    "keyMapCustomizations": ("vba_macro", "review", "keys that start commands"),
    "extensibility": ("unknown_part", "", "buttons of its own in the program"),
    "userCustomization": ("unknown_part", "", "buttons of its own in the program"),
    "printerSettings": ("printer_settings", "", "printer settings"),
    "hdphoto": ("layered_image", "", "a picture as it was before its effects"),
    "control": ("embedded_object", "", "a control"),
    "activeXControlBinary": ("embedded_object", "", "the state of a control"),
    "origin": ("unknown_part", "", "the root of signatures, which is empty as a rule"),
    "audio": ("embedded_object", "", "a recording"),
    "video": ("embedded_object", "", "a video"),
    "media": ("embedded_object", "", "a recording or video"),
    "model3d": ("embedded_object", "", "a model in three dimensions"),
    "webextension": ("external_link", "", "an add-in"),
    "webextensiontaskpanes": ("external_link", "", "add-ins that open by themselves"),
    "signature": ("author", "", "a signature, which names the signer"),
    "certificate": ("author", "", "a certificate, which names its holder"),
    "mailMergeSource": ("mail_merge", "", "a mail merge source"),
    "mailMergeHeaderSource": ("mail_merge", "", "a mail merge source"),
    "powerPivotData": ("data_model", "", "a data model"),
    "customData": ("data_model", "", "data of a model"),
    "customDataProps": ("data_model", "", "data of a model"),
}
"""Parts that are findings by being there: code, severity if not its own, what to call it."""

BY_ELEMENT: Mapping[str, Told] = {
    "comments": Told("comment", ("comment", "cm"), "comment", "comments"),
    "commentsExtended": Told("comment", ("commentEx",), "mark of a comment", "marks of comments", "review"),
    "commentsIds": Told("comment", ("commentId",), "mark of a comment", "marks of comments", "review"),
    "commentsExtensible": Told("comment", ("commentExtensible",), "date of a comment", "dates of comments", "review"),
    "threadedComment": Told("threaded_comment", ("threadedComment",), "threaded comment", "threaded comments"),
    "documenttasks": Told("threaded_comment", ("Task",), "task", "tasks"),
    "person": Told("person", ("person",), "person", "people"),
    "people": Told("person", ("person",), "person", "people"),
    "commentAuthors": Told("person", ("cmAuthor",), "person", "people"),
    "authors": Told("person", ("author",), "person", "people"),
    "revisionHeaders": Told("revision_log", ("header",), "earlier save", "earlier saves"),
    "revisionLog": Told("revision_log", ("*",), "earlier change", "earlier changes"),
    "usernames": Told("revision_log", ("userInfo",), "user", "users"),
    "changesInfo": Told("revision_log", ("chgInfo",), "earlier change", "earlier changes", "review"),
    "recipientData": Told("mail_merge", ("recipientData", "recipient"), "recipient", "recipients"),
    "mailMergeRecipientData": Told("mail_merge", ("recipientData", "recipient"), "recipient", "recipients"),
    "classificationlabels": Told("custom_property", ("label",), "label", "labels"),
}
"""Parts of which office programs also write empty ones: a finding when they hold any of these elements."""

PLAIN: Mapping[str, tuple[str, ...]] = {
    "styles": ("styles", "styleSheet"),
    "stylesWithEffects": ("styles",),
    "theme": ("theme",),
    "themeOverride": ("themeOverride",),
    "settings": ("settings",),
    "fontTable": ("fonts",),
    "webSettings": ("webSettings",),
    "numbering": ("numbering",),
    "sharedStrings": ("sst",),
    "calcChain": ("calcChain",),
    "customXmlProps": ("datastoreItem",),
    "chartStyle": ("chartStyle",),
    "chartColorStyle": ("colorStyle",),
    "diagramLayout": ("layoutDef",),
    "diagramQuickStyle": ("styleDef",),
    "diagramColors": ("colorsDef",),
    "ctrlProp": ("formControlPr",),
    "table": ("table",),
    "tableSingleCells": ("singleXmlCells",),
    "wsSortMap": ("worksheetSortMap",),
    "presProps": ("presentationPr",),
    "viewProps": ("viewPr",),
    "tableStyles": ("tblStyleLst",),
    "revisionInfo": ("revInfo",),
    "rdRichValueTypes": ("rvTypesInfo",),
    "rdSupportingPropertyBagStructure": ("spbStructures",),
    "richStyles": ("richStyleSheet",),
    "richValueRel": ("richValueRels",),
    "FeaturePropertyBag": ("FeaturePropertyBags",),
}
"""Parts that tell nothing, by the root elements which show that they are what they are called."""

FONT_TYPES = (
    "application/x-fontdata",
    "application/x-font-ttf",
    "application/vnd.openxmlformats-officedocument.obfuscatedFont",
)
"""What the fonts that go with a document are declared as."""

_PICTURED = frozenset(
    {
        *("drawing", "vmlDrawing", "chart", "chartEx", "chartUserShapes"),
        *("diagramData", "diagramDrawing"),
    }
)
_STORIES = frozenset({"header", "footer", "footnotes", "endnotes", "glossaryDocument"})
_SHOWN = frozenset({"slide", "slideLayout", "slideMaster", "notesSlide", "notesMaster", "handoutMaster"})
_SHEETS = frozenset({"worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"})
_OF_WORKBOOKS = frozenset(
    {
        *("pivotTable", "pivotCacheDefinition", "pivotCacheRecords", "slicer", "slicerCache", "timeline"),
        *("timelineCache", "connections", "queryTable", "externalLink", "volatileDependencies", "xmlMaps"),
        *("sheetMetadata", "rdRichValue", "rdRichValueStructure", "rdArray", "rdSupportingPropertyBag"),
        *("rdRichValueWebImage", "customProperty", "namedSheetView"),
    }
)

DRAWN = _PICTURED | _STORIES | _SHOWN | {"comments"}
"""Parts in which pictures and shapes may stand."""

PROPERTIES = frozenset(
    {"core-properties", "extended-properties", "custom-properties", "extendedProperties", "customProperties"}
)

SHOWN_BY_ID = ("image", "hdphoto", "chart", "chartEx", "package", "oleObject", "media", "video", "audio", "diagramData")
"""Kinds whose parts are shown where the part that refers to them names the relationship."""

_ANYWHERE = _PICTURED | PROPERTIES | {"officeDocument", "hyperlink"}
LOOKED_AT_ELSEWHERE: Mapping[str, frozenset[str]] = {
    "workbook": _ANYWHERE | _SHEETS | _OF_WORKBOOKS,
    "document": _ANYWHERE | _STORIES,
    "presentation": _ANYWHERE | _SHOWN | {"tags"},
}
"""By the root element of the main part: the kinds whose parts another inspector reads."""

BY_THE_MAIN_PART = frozenset({*_SHEETS, "slide", "slideMaster", "header", "footer", "footnotes", "endnotes"})
"""Kinds that are read where the main part, or the building blocks of a document, refer to them."""

ONLY_ONE = frozenset(
    {
        *("officeDocument", "sharedStrings", "styles", "settings", "numbering"),
        *("footnotes", "endnotes", "glossaryDocument", "connections", "calcChain"),
    }
)
"""Kinds that a part refers to once. Of two, each program shows the one that it likes."""
