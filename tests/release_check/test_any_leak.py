"""Put any one leak into any clean file, write the file in any way that programs do, and it is found."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from tests.release_check.checking import checked, codes
from tests.release_check.leaks import WORD_LEAKS, WORKBOOK_LEAKS, WRITTEN_ANEW, clean_document, clean_workbook
from tests.release_check.made.archives import unzipped, zipped
from tests.release_check.made.workbooks import prefixed, strict

WARDS = st.sampled_from(["Abbey", "Bridge", "Castle", "Dock Road", "Eastgate", "Fenside"])
ROWS = st.lists(st.tuples(WARDS, st.integers(10, 9_999)).map(list), min_size=1, max_size=8)
TEXTS = st.lists(
    st.sampled_from(["The force holds the information.", "There were 120 stops in 2025.", "See the table below."]),
    min_size=1,
    max_size=5,
)
MANNERS = {"transitional": lambda data: data, "strict": strict, "prefixed": prefixed}
ANEW = st.sampled_from(sorted(WRITTEN_ANEW))
BY_COLOUR_OR_SIZE = " "


def renamed(data: bytes, folder: str) -> bytes:
    """The same package with its main folder called otherwise, in names, types and links alike."""
    parts = unzipped(data)
    for old in ("xl/", "word/"):
        parts = {
            name.replace(old, folder, 1) if name.startswith(old) else name: content.replace(
                f"/{old}".encode(), f"/{folder}".encode()
            )
            if name.endswith((".rels", "[Content_Types].xml"))
            else content
            for name, content in parts.items()
        }
    return zipped(parts)


@pytest.mark.parametrize("leak", sorted(WORKBOOK_LEAKS))
@settings(max_examples=8, deadline=None)
@given(rows=ROWS, manner=st.sampled_from(sorted(MANNERS)), anew=ANEW, folder=st.sampled_from(["xl/", "data/a/"]))
def test_any_leak_in_any_workbook_is_found_however_it_is_written(leak, rows, manner, anew, folder):
    data = WORKBOOK_LEAKS[leak](clean_workbook(rows)).bytes()
    data = WRITTEN_ANEW[anew](MANNERS[manner](renamed(data, folder)))
    assert leak.partition(BY_COLOUR_OR_SIZE)[0] in codes(checked(data, "stops.xlsx"), "block")


@settings(max_examples=15, deadline=None)
@given(rows=ROWS, manner=st.sampled_from(sorted(MANNERS)), anew=ANEW, folder=st.sampled_from(["xl/", "data/a/"]))
def test_without_a_leak_no_workbook_is_blocked_however_it_is_written(rows, manner, anew, folder):
    data = WRITTEN_ANEW[anew](MANNERS[manner](renamed(clean_workbook(rows).bytes(), folder)))
    assert codes(checked(data, "stops.xlsx"), "block") == set()


@pytest.mark.parametrize("leak", sorted(WORD_LEAKS))
@settings(max_examples=8, deadline=None)
@given(texts=TEXTS, is_strict=st.booleans(), anew=ANEW, folder=st.sampled_from(["word/", "text/"]))
def test_any_leak_in_any_document_is_found_however_it_is_written(leak, texts, is_strict, anew, folder):
    document = clean_document(texts)
    document.strict = is_strict
    data = WRITTEN_ANEW[anew](renamed(WORD_LEAKS[leak](document).bytes(), folder))
    assert leak.partition(BY_COLOUR_OR_SIZE)[0] in codes(checked(data, "answer.docx"), "block")


@settings(max_examples=15, deadline=None)
@given(texts=TEXTS, is_strict=st.booleans(), anew=ANEW, folder=st.sampled_from(["word/", "text/"]))
def test_without_a_leak_no_document_is_blocked_however_it_is_written(texts, is_strict, anew, folder):
    document = clean_document(texts)
    document.strict = is_strict
    data = WRITTEN_ANEW[anew](renamed(document.bytes(), folder))
    assert codes(checked(data, "answer.docx"), "block") == set()
