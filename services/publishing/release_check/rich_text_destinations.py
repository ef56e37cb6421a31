"""The destinations of RTF: groups whose text is not simply part of the page, and what becomes of each."""

import re
from collections.abc import Mapping

_WORDS = re.compile(r"\S+")


def _set(words: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(words))


STORIES: Mapping[str, str] = {
    "header": "the header",
    "headerl": "the header",
    "headerr": "the header",
    "headerf": "the header",
    "footer": "the footer",
    "footerl": "the footer",
    "footerr": "the footer",
    "footerf": "the footer",
    "footnote": "the notes",
    "shptxt": "the text boxes",
    "dptxbxtext": "the text boxes",
}
"""Text that a reader sees, apart from the body."""

SHOWN = _set("result shprslt upr ud listtext pntext nonesttables pntxta pntxtb dptxbx do shp shpgrp moMath moMathPara")
"""Groups whose text is seen where they stand."""

KEPT: Mapping[str, str] = {
    "annotation": "comment",
    "atnauthor": "comment",
    "author": "author",
    "operator": "author",
    "company": "company",
    "manager": "manager_property",
    "category": "document_property",
    "comment": "document_property",
    "doccomm": "document_property",
    "keywords": "document_property",
    "subject": "document_property",
    "docvar": "document_variable",
    "propname": "custom_property",
    "passwordhash": "protection",
    "password": "protection",
    "writereservhash": "protection",
    "writereservation": "protection",
    "protusertbl": "person",
    "filetbl": "local_path",
    "ffl": "data_validation_list",
    "ffdeftext": "data_validation_list",
    "ffhelptext": "data_validation_list",
    "ffstattext": "data_validation_list",
    "mmconnectstr": "connection",
    "mmconnectstrdata": "connection",
    "mmquery": "connection",
    "mmdatasource": "mail_merge",
    "mmheadersource": "mail_merge",
    "mmodsosrc": "mail_merge",
    "mmodsoudl": "connection",
    "mmodsotable": "mail_merge",
    "factoidname": "custom_xml_data",
    "xmlattrname": "custom_xml_data",
    "xmlattrvalue": "custom_xml_data",
    "xform": "custom_xml_data",
}
"""Groups that are a finding if there is any text in them."""

REVIEWED = _set("factoidname xmlattrname xmlattrvalue")
"""Of these a person has to look at what they say: smart tags and the like, which Word puts into texts by itself."""

READ = _set(
    "fonttbl colortbl stylesheet pict objdata objclass fldinst fldrslt field template hlinkbase revtbl datastore "
    "themedata xe tc title sv sn"
)
"""Groups with a meaning of their own."""

PASSED = _set(
    "mmathPr aftncn bkmkstart aftnsep aftnsepc annotprot atndate atnid atnparent atnref atntime atrfend atrfstart "
    "background bkmkend bkmkpub bliptag blipuid buptim colorschememapping creatim defchp defpap defshp dgmlayout "
    "ebcend ebcstart falt fchars ffformat ffname fldtype fname fontemb fontfile formfield ftncn ftnsep ftnsepc g "
    "generator gridtbl hl hlfr hlloc hlsrc hsv info keycode latentstyles lchars levelnumbers leveltext linkval "
    "list listlevel listname listoverride listoverridetable listpicture liststylename listtable lsdlockedexcept "
    "mailmerge mmaddfieldname mmathPr mmmailsubject mmodso mmodsofilter mmodsofldmpdata mmodsomappedname "
    "mmodsoname mmodsorecipdata mmodsosort mmodsouniquetag mvfmf mvfml mvtof mvtol nesttableprops nextfile "
    "nonshppict objalias object objname objsect objtime panose pgdsc pgdscno pgdsctbl pgp pgptbl picprop pn "
    "pnseclvl pnseclvl1 pnseclvl2 pnseclvl3 pnseclvl4 pnseclvl5 pnseclvl6 pnseclvl7 pnseclvl8 pnseclvl9 printim "
    "proptype pxe revtim rsidtbl rxe shpinst shppict sp staticval userprops wgrffmtfilter wrappict xmlclose "
    "xmlname xmlns xmlnstbl xmlopen"
)
"""Groups without anything that a reader would see or should know of; what they contain is looked at as it comes."""

SCRIPTS = _set("ffentrymcr ffexitmcr")
"""Names of macros that a form field runs."""

CHANGED: Mapping[str, str] = {
    "crauth": "tracked_format",
    "prauth": "tracked_format",
    "trauth": "tracked_format",
    "srauth": "tracked_format",
    "oldcprops": "tracked_format",
    "oldpprops": "tracked_format",
    "oldsprops": "tracked_format",
    "oldtprops": "tracked_format",
    "mvf": "tracked_move",
    "mvt": "tracked_move",
}
"""Words that tell of a change that was tracked."""

LINKED: Mapping[str, str] = {
    "objautlink": "dde_link",
    "objlink": "external_link",
    "objpub": "external_link",
    "objsub": "external_link",
    "objocx": "embedded_object",
}
"""Objects that are somewhere else, or a program."""
