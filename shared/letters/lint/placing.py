"""Places every paragraph of a letter: the request, the answer, the reasons, the right to complain."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from shared.letters.lint.labels import covers, labels_in, leading_label
from shared.letters.lint.letter import REVIEW_DONE, Passage, ReadLetter
from shared.letters.lint.sections import ARGUING, COMPLAINING, Role, is_heading, role_of, run_in
from shared.letters.lint.vocabulary import words
from shared.letters.reading import Document, Paragraph

_ASKS_BELOW = words("placing", "asks_below")
_OWN_VOICE = words("placing", "own_voice")
_ANSWER_LABEL = words("placing", "answer_label")
_DECIDES = re.compile(r"\b(?:exempt|withh|neither|disclos|refus|decision|decided)", re.IGNORECASE)
_APART = words("placing", "apart")
_REVIEW_BEGINS = words("placing", "review_begins")
_REGULATOR = re.compile(r"\b(?:information commission\w*|\bICO\b)", re.IGNORECASE)
_END = words("placing", "end")
_GIVES_BELOW = re.compile(
    r"\b(?:information|answers?|figures?|data|details) (?:that |which )?"
    r"(?:you (?:have )?(?:requested|asked for|sought)|to your (?:questions?|request)) "
    r"(?:is|are|can be found|follows?)\b",
    re.IGNORECASE,
)
"""What introduces the answer in words that could introduce the request."""
_APPLICANT = words("placing", "applicant")
_ASKING = words("placing", "asking")
_ANSWERS = re.compile(r"\b(?:withh|exempt|disclos|not held|neither confirm|refus)", re.IGNORECASE)
_TO_COMPLAIN = re.compile(r"\b(?:review\w*|complain\w*|appeal)\b", re.IGNORECASE)
COMPLAINS_OF = re.compile(
    r"\bcomplain\w* (?:about|of|against) "
    r"(?!our\b|this\b|how\b|it\b|us\b|the (?:way|handling|decision|response|outcome|force))",
    re.IGNORECASE,
)
"""Complaints about anything but the handling of the request."""
_REVIEW_PAST = re.compile(
    r"\b(?:outcome of|following|result of|completed|conduct(?:ed)? an?|upheld|reviewer)\b[^.]{0,60}\binternal review",
    re.IGNORECASE,
)
_BETWEEN_SENTENCES = re.compile(r"[.!?]\s+(?=[A-Z])")
_ARGUING_RUNS_IN = re.compile(
    r"(?:Factors?|In favour|Against|Balance|Balancing|Public interest|Harm|Evidence of harm|Overall harm)\b"
    r"[^.:?!]{0,80}:\s"
)
_SALUTATION = re.compile(r"^\W*(?:dear\b|good (?:morning|afternoon|day)|hello\b|hi\b|annwyl\b)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[1-5]?\d|60)(?!\d)")
"""No request has more questions than that; a larger number is none."""
_OF_THE_HEAD = re.compile(
    r"^\W*(?:(?:date )?(?:of )?(?:received|receipt|request received|answered|sent|issued)|dated?|(?:our |your )?ref\w*)"
    r"\b[^?]{0,90}$",
    re.IGNORECASE,
)
"""Dates and references that stand above a letter, however they are punctuated."""
_SENTENCE = 12
"""Words with which a paragraph is more than a line of the letterhead."""
_NAMED_QUESTION = re.compile(r"^\W*(?:Q|question|part|point)\.?\s?\d", re.IGNORECASE)
_SPEAKS_FOR_APPLICANT = re.compile(r"\b(?:I|my)\b")
_NOT_A_QUESTION = re.compile(r"^\W*(?:section|s\.?|adran)\s*\d", re.IGNORECASE)


def place(document: Document) -> ReadLetter:
    """The letter with each paragraph in its place."""
    placer = _Placer(_parted(document.paragraphs))
    passages = tuple(placer.passages())
    return ReadLetter(document, _with_repeats(passages), tuple(placer.asked))


def _parted(paragraphs: tuple[Paragraph, ...]) -> Iterator[Paragraph]:
    """The same with headings that go on as text parted from it."""
    for paragraph in paragraphs:
        for each in _cut(paragraph) if paragraph.kind in ("text", "item") else [paragraph]:
            parts = run_in(each.text) if each.kind in ("text", "item") else None
            if parts:
                yield replace(each, text=parts[0], kind="heading", level=0)
                yield replace(each, text=parts[1], kind="text")
            else:
                yield each


def _cut(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph cut before each sentence that begins with a heading of the reasons: "Factors against …: …"."""
    places = [match.end() for match in _BETWEEN_SENTENCES.finditer(paragraph.text)]
    cuts = [place for place in places if _ARGUING_RUNS_IN.match(paragraph.text, place)]
    bounds = [0, *cuts, len(paragraph.text)]
    return [replace(paragraph, text=paragraph.text[one:end].strip()) for one, end in pairwise(bounds)]


class _Placer:
    """Goes through the letter once, from top to bottom."""

    def __init__(self, paragraphs: Iterator[Paragraph]) -> None:
        self._paragraphs = list(paragraphs)
        self._role: Role = "head"
        self._heading = ""
        self._labels: tuple[str, ...] = ()
        self._labelled_at = 0
        self.asked: dict[str, None] = {}
        self._begun = False
        self._reviewed = any(REVIEW_DONE.search(each.text) for each in self._paragraphs)
        self._above: list[tuple[int, Role]] = []

    def passages(self) -> Iterator[Passage]:
        for paragraph in self._paragraphs:
            yield self._passage(paragraph)

    def _passage(self, paragraph: Paragraph) -> Passage:
        text = paragraph.text
        if paragraph.kind == "heading" or (paragraph.kind == "text" and self._reads_as_heading(text)):
            return self._head(paragraph)
        self._turn(paragraph)
        if self._role == "request":
            self._ask(text, paragraph)
        labels = self._labels_of(paragraph)
        passage = Passage(text, paragraph.place, self._heading, self._role, paragraph.kind, labels)
        last = passage.sentences[-1] if passage.sentences else ""
        self._begun = self._role not in ("request", *ARGUING, *COMPLAINING) and _asks_below(last)
        if self._begun:
            self._role, self._labels = "request", ()
        return passage

    def _reads_as_heading(self, text: str) -> bool:
        if not is_heading(text):
            return False
        if self._role == "request":
            return role_of(text) not in ("accessible", "withheld", "harm", "closing") and leading_label(text) is None
        return True

    def _head(self, paragraph: Paragraph) -> Passage:
        text = paragraph.text
        role = role_of(text)
        if role == "review" and self._reviewed and self._role in ("head", "reply"):
            role = "reply"
        labels = labels_in(text) or ((leading_label(text) or "",) if role is None and leading_label(text) else ())
        if paragraph.level:
            while self._above and self._above[-1][0] >= paragraph.level:
                self._above.pop()
        if role is not None:
            self._role = role
        elif paragraph.level and self._above:
            self._role = self._above[-1][1]
        elif labels and self._role in ARGUING:
            self._role = "reply"
        elif paragraph.level == 1 or (paragraph.level and self._role in COMPLAINING):
            self._role = "reply" if self._role != "head" else "head"
        elif self._role == "head" and paragraph.level > 1 and not labels:
            self._role = "head"
        if paragraph.level:
            self._above.append((paragraph.level, self._role))
        if labels:
            self._labels, self._labelled_at = labels, paragraph.level
        elif role not in ARGUING and (role is not None or paragraph.level <= self._labelled_at):
            self._labels, self._labelled_at = (), 0
        self._heading = text.rstrip(" :.-")
        asked = self._role == "request" and role is None and bool(labels)
        return Passage(text, paragraph.place, "", self._role if not asked else "request", "heading", self._labels)

    def _turn(self, paragraph: Paragraph) -> None:
        """Where the letter turns from one thing to the next without a heading."""
        text = paragraph.text
        if _END.match(text):
            self._role, self._labels = "closing", ()
        elif self._role == "request":
            if self._grants_a_review(text):
                self._role = "regulator" if _only_regulator(text) else "review"
            elif not self._begun and paragraph.kind != "quote" and self._answers(text):
                self._role, self._heading = "reply", ""
        elif paragraph.kind not in ("quote", "row"):
            if _REVIEW_BEGINS.search(text) and self._complains(text):
                if self._reviewed and not _REGULATOR.search(text):
                    self._role = "reply"
                    return
                self._role = "regulator" if _only_regulator(text) else "review"
            elif _REGULATOR.search(text) and self._role in COMPLAINING:
                self._role = "regulator"
            elif (
                self._role == "head"
                and not _OF_THE_HEAD.match(text)
                and (
                    _SALUTATION.match(text)
                    or leading_label(text)
                    or len(text.split()) >= (_SENTENCE if text[-1] not in ".?!" else 5)
                )
            ):
                self._role = "reply"

    def _answers(self, text: str) -> bool:
        """Whether the words below a request are the force's own, or come back to a question that was asked."""
        if _ANSWER_LABEL.match(text):
            return True
        if text.rstrip().endswith("?"):
            return False
        again = _NAMED_QUESTION.match(text) and leading_label(text) in self.asked
        return bool(again) or (bool(_OWN_VOICE.search(text)) and not self._goes_on_asking(text))

    def _grants_a_review(self, text: str) -> bool:
        """Whether a request is over at these words: only a force offers a review of what it decided."""
        offered = (
            _REVIEW_BEGINS.search(text) and _TO_COMPLAIN.search(text) and re.search(r"\byou\b", text, re.IGNORECASE)
        )
        return bool(offered) and not _SPEAKS_FOR_APPLICANT.search(text) and self._complains(text)

    def _complains(self, text: str) -> bool:
        about_us = _TO_COMPLAIN.search(text) and not COMPLAINS_OF.search(text)
        return bool(about_us) and not _REVIEW_PAST.search(text)

    def _goes_on_asking(self, text: str) -> bool:
        """Words of the applicant that a force could have written too."""
        numbered = leading_label(text) is not None and not _ANSWERS.search(text)
        return bool(_APPLICANT.match(text)) or (numbered and bool(_ASKING.search(text)))

    def _ask(self, text: str, paragraph: Paragraph) -> None:
        label = leading_label(text)
        if label and not _NOT_A_QUESTION.match(text) and _NUMBER.match(label):
            self.asked[label] = None

    def _labels_of(self, paragraph: Paragraph) -> tuple[str, ...]:
        text = paragraph.text
        if self._role in ("head", "request", "closing") or self._role in COMPLAINING:
            return ()
        named = re.match(r"^\W*(?:Q|question|part|answer|A|point)\.?\s?\d", text, re.IGNORECASE)
        label = leading_label(text)
        if _APART.match(text):
            self._labels, self._labelled_at = (), 0
        answers = named or label in self.asked
        if not answers and label and paragraph.kind != "item":
            answers = any(covers(label, each) for each in self.asked)
        if label and answers and self._role not in ARGUING:
            self._labels = (label,)
        return labels_in(text) or self._labels


def _only_regulator(text: str) -> bool:
    after = re.sub(
        r"\b(?:after|following|outcome of|result of|used)\b[^.,]{0,30}\breview\w*", "", text, flags=re.IGNORECASE
    )
    return bool(_REGULATOR.search(text)) and not re.search(r"\breview", after, re.IGNORECASE)


def _asks_below(sentence: str) -> bool:
    return bool(_ASKS_BELOW.search(sentence)) and not (_DECIDES.search(sentence) or _GIVES_BELOW.search(sentence))


def _with_repeats(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Marks the questions that are repeated above their answers."""
    asked = [_words(each.text) for each in passages if each.role == "request"]
    return tuple(replace(each, quoted=True) if _repeats(each, asked) else each for each in passages)


def _repeats(passage: Passage, asked: list[frozenset[str]]) -> bool:
    if passage.role == "request":
        return False
    if passage.kind == "quote":
        return True
    text = passage.text.rstrip()
    if text.endswith("?") and passage.kind != "heading" and "." not in text.rstrip("?"):
        return True
    words = _words(text)
    return len(words) >= 5 and any(len(words & each) >= 0.85 * len(words) for each in asked)


def _words(text: str) -> frozenset[str]:
    return frozenset(
        re.findall(r"[a-z0-9']{2,}", re.sub(r"^\W*(?:Q(?:uestion)?)?\s*\d+[a-z]?\W", " ", text, flags=re.I).lower())
    )
