"""What holds of every citation that somebody may write."""

from hypothesis import given
from hypothesis import strategies as st

from shared.law.citations import parse, read
from shared.law.exemptions import PROVISIONS, CitationError
from shared.law.procedural_grounds import PROCEDURAL

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


@given(st.text(max_size=600) | st.text(alphabet="0123456789()aivsABOlI ,.-[]{}/&", max_size=600))
def test_reading_never_raises_and_what_it_makes_out_can_be_cited(text: str) -> None:
    reading = read(text)
    assert set(reading.cited) <= PROVISIONS.keys() | PROCEDURAL.keys()
    assert reading.cited or reading.problems
    assert all(each.problem and each.next_step and each.rule for each in reading.problems)


@given(provisions, separators, leads, st.sampled_from(["( ", " )", "[", "]"]))
def test_blanks_and_square_brackets_do_not_matter(cited: list[str], separator: str, lead: str, odd: str) -> None:
    round_one = {"( ": "(", " )": ")", "[": "(", "]": ")"}[odd]
    written = separator.join(lead + each for each in cited).replace(round_one, odd)
    assert read(written).provisions == tuple(dict.fromkeys(cited))


@given(st.sampled_from(sorted(PROVISIONS)), st.data())
def test_a_bracket_too_few_is_made_out_and_named(provision: str, data: st.DataObject) -> None:
    places = [place for place, letter in enumerate(provision) if letter == ")"]
    place = data.draw(st.sampled_from(places))
    reading = read(provision[:place] + provision[place + 1 :])
    assert reading.provisions == (provision,)
    assert [each.severity for each in reading.problems] == ["W"]
