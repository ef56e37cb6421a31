"""What holds of every citation that somebody may write."""

from hypothesis import given
from hypothesis import strategies as st

from shared.law.citations import parse
from shared.law.exemptions import PROVISIONS, CitationError

provisions = st.lists(st.sampled_from(sorted(PROVISIONS)), min_size=1, max_size=6)
separators = st.sampled_from([", ", "; ", " and ", " & ", "+", " "])
leads = st.sampled_from(["", "s", "s.", "s. ", "Section ", "sections ", "SECTION "])


@given(provisions, separators, leads)
def test_any_list_of_provisions_reads_back_however_it_is_written(cited: list[str], separator: str, lead: str) -> None:
    assert parse(separator.join(lead + each for each in cited)) == tuple(dict.fromkeys(cited))


@given(st.text(max_size=600) | st.text(alphabet="0123456789()aivsAB ,.-", max_size=600))
def test_any_other_text_is_read_as_known_provisions_or_refused_in_words(text: str) -> None:
    try:
        read = parse(text)
    except CitationError as refused:
        told = (refused.problem, refused.next_step)
    else:
        told = read
        assert set(read) <= PROVISIONS.keys()
    assert told
    assert all(told)
