"""Proposes the parts of a request that does not number its questions: each sentence, bullet or row that asks is one."""

import re
from collections.abc import Iterator, Sequence

from services.intake.asking import (
    adds,
    announces,
    asks,
    goes_on_asking,
    greets,
    is_courtesy,
    is_fragment,
    leaves_to_a_list,
    names_a_topic,
    names_what_is_wanted,
    sense,
    thanks,
)
from services.intake.sentences import sentences
from services.intake.splitting.blocks import Block
from services.intake.splitting.headings import is_heading
from services.intake.splitting.listing import cells
from services.intake.splitting.outline import PREAMBLE, Draft

_ALSO_IF_POSSIBLE = re.compile(
    r"\s+(?=and(?: also)?,? (?:if (?:possible|you can|available|known|you have it)|where (?:possible|available|known))"
    r",?\s+\w+|and,? (?:if|where) [^,.;?]{1,40}, (?:the|an?|any|how|what|which)\b"
    r"|and also,? (?:how|what|which|who|when|where|why|whether|the|an?|any|copies|details)\b)",
    re.IGNORECASE,
)
_INTERROGATIVE = re.compile(
    r"(?<=[,;])\s+(?=(?:and )?(?:how (?:many|much|often|long)|what|which|who|when|why)\b)"
    r"|\s+(?=and (?:how (?:many|much|often|long)|what|which|who|when|why)\b)",
    re.IGNORECASE,
)
_EACH_OF = re.compile(
    r"\b(?:each|every|any|one|all|which|how many|how much|how often|number) of\b|\bfor (?:each|every)\b"
    r"|\bhow (?:many|much|often)\b",
    re.IGNORECASE,
)
_LONG_LINE = 100
_ROW = 3
_FEW = 6
_SLIP = 2
"""Columns by which the first bullet may stand out from those of its own depth."""


class UnnumberedRequest:
    """Collects the parts block by block, in the order of the text."""

    def __init__(self, request: int) -> None:
        self._request = request
        self.drafts: list[Draft] = []
        self._announced = False
        self._has_preamble = False
        self._listing = False

    def add(self, blocks: Sequence[Block]) -> list[Draft]:
        """The parts of all blocks; a request in which nothing seems to ask is one question."""
        number = 0
        while number < len(blocks):
            block = blocks[number]
            if block.kind == "bullet":
                stop = next((n for n in range(number, len(blocks)) if blocks[n].kind != "bullet"), len(blocks))
                self._bullets(blocks[number:stop])
                number = stop
                continue
            if block.kind == "quoted":
                self.drafts.append(Draft("context", [block.text], request=self._request))
            elif block.kind == "rows":
                self._rows(block)
            else:
                self._paragraph(block, blocks[number + 1] if number + 1 < len(blocks) else None)
            number += 1
        asked = [draft for draft in self.drafts if draft.kind == "question"]
        if not asked:
            self._one_question()
        elif len(asked) > 1 and names_a_topic(asked[0].text):
            self._take_for_announcement(asked[0])
        return self.drafts

    def _paragraph(self, block: Block, following: Block | None) -> None:
        text = block.text
        listing = self._announced and is_fragment(text)
        if listing and (self._listing or (following is not None and is_fragment(following.text))):
            self._ask(text)
            self._listing = True
            return
        self._listing = False
        lead, colon, rest = text.rpartition(":\n")
        listed = rest if colon else text
        if is_heading(text) and not self._announced and not names_what_is_wanted(text):
            self._tell(text, fresh=True)
        elif _is_list_of_lines(listed) and (
            self._announced
            or (colon and announces(sentences(f"{lead}:")[-1]))
            or all(names_what_is_wanted(line) for line in listed.split("\n"))
        ):
            if colon:
                self._sentences(lead + ":", fresh=block.fresh)
            for line in listed.split("\n"):
                self._ask(line.strip())
            self._announced = True
        else:
            self._sentences(text, fresh=block.fresh)

    def _sentences(self, text: str, *, fresh: bool) -> None:
        held = ""
        asked = False
        for sentence in _sentences_and_lines(text):
            for number, piece in enumerate(_asked_in(sentence)):
                said = "asks" if number else sense(piece)
                if said == "asks" and asked and not number and adds(piece):
                    said = "refines"
                goes_on = said == "states" and self._has_asked() and goes_on_asking(piece)
                wanted = (
                    said == "asks" or goes_on or (self._announced and said == "states" and names_what_is_wanted(piece))
                )
                if wanted or (said == "refines" and not asked and fresh and self._has_asked()):
                    self._ask(f"{held} {piece}".strip() if self._has_asked() else piece, before=held)
                    held = ""
                    asked = True
                elif said == "states" and not asked:
                    held = f"{held} {piece}".strip()
                else:
                    if held:
                        self._tell(held, fresh=fresh and not asked)
                        held = ""
                    self._tell(piece, fresh=fresh and not asked)
                self._announced = said == "announces" or (self._announced and said in ("asks", "states"))
        if held:
            self._tell(held, fresh=fresh)

    def _has_asked(self) -> bool:
        return any(draft.kind == "question" for draft in self.drafts[-2:])

    def _ask(self, text: str, before: str = "", mark: str | None = None) -> None:
        """Begin a question. What was said before the first one is no part of it."""
        if before and not self._has_asked():
            self._tell(before, fresh=True)
        self._make_way()
        self.drafts.append(Draft("question", [text], mark=mark, request=self._request))

    def _make_way(self) -> None:
        """Take what stands before a question and ends in a colon for its announcement."""
        last = self.drafts[-1] if self.drafts else None
        if last is not None and last.kind == "question" and last.texts[-1].endswith(":"):
            self._take_for_announcement(last)

    def _take_for_announcement(self, draft: Draft) -> None:
        draft.kind = "context" if self._has_preamble else "preamble"
        draft.label = "" if self._has_preamble else PREAMBLE
        self._has_preamble = True

    def _tell(self, text: str, *, fresh: bool) -> None:
        """Add what asks nothing to the part at hand."""
        if not self.drafts:
            self.drafts.append(Draft("preamble", [text], label=PREAMBLE, request=self._request))
            self._has_preamble = True
        elif fresh:
            self.drafts[-1].texts.append(text)
        else:
            self.drafts[-1].texts[-1] += f" {text}"

    def _bullets(self, run: Sequence[Block]) -> None:
        outer = run[0].bullet
        assert outer is not None
        items: list[tuple[str, str]] = []
        others = [block.indent for block in run[1:] if block.bullet and block.bullet.sign == outer.sign]
        least = min(others, default=0)
        indent = least if 0 < least - outer.indent <= _SLIP else outer.indent
        for block in run:
            assert block.bullet is not None
            nested = block.bullet.sign != outer.sign or block.indent > indent + 1
            if nested and items:
                items[-1] = (items[-1][0], f"{items[-1][1]}\n{block.bullet.written} {block.text}")
            else:
                items.append((block.bullet.written, block.text))
        if not self._are_asked([text for _, text in items]):
            for mark, text in items:
                self._tell(f"{mark} {text}", fresh=True)
            return
        for mark, text in items:
            self._ask(text, mark=mark)

    def _are_asked(self, items: list[str]) -> bool:
        """Whether bullets ask, each for itself, or only list what the sentence before them is about."""
        lead = sentences(self.drafts[-1].text)[-1] if self.drafts and self.drafts[-1].text else ""
        outright = sum(asks(text) for text in items)
        wanted = sum(asks(text) or names_what_is_wanted(text) for text in items)
        if outright * 2 >= len(items):
            return True
        if leaves_to_a_list(lead):
            return True
        if sense(lead) == "refines":
            return False
        if lead.endswith((":", "-", "–")) and _EACH_OF.search(lead):
            return False
        said = sense(lead)
        if said == "announces" or not lead or greets(lead):
            return True
        return wanted * 2 >= len(items)

    def _rows(self, block: Block) -> None:
        rows = [line for line in block.lines if line.strip()]
        asking = [any(asks(cell) for cell in cells(row)) for row in rows]
        if sum(asking) < 2:
            self._tell(block.text, fresh=block.fresh)
            return
        for row, asked in zip(rows, asking, strict=True):
            if asked:
                self._ask(row)
            else:
                self._tell(row, fresh=True)

    def _one_question(self) -> None:
        """Make one question where nothing seems to ask: of the paragraph that says what it is about, and the rest."""
        told = next((draft for draft in reversed(self.drafts) if draft.kind == "preamble"), None)
        if told is None:
            told = self.drafts[-1]
            told.kind = "question"
            return
        texts = told.texts
        chosen = next((n for n, text in enumerate(texts) if announces(text) and not _is_bare(text)), len(texts) - 1)
        question = Draft("question", texts[chosen:], request=self._request)
        self.drafts.insert(self.drafts.index(told) + 1, question)
        del texts[chosen:]


def _sentences_and_lines(text: str) -> Iterator[str]:
    """Sentences, and lines that ask without a question mark at their end."""
    for sentence in sentences(text):
        lines = sentence.split("\n")
        start = 0
        for number in range(1, len(lines)):
            begins = lines[number].strip()[:1].isupper() and (asks(lines[number]) or thanks(lines[number]))
            if begins and not lines[number - 1].rstrip().endswith(","):
                yield "\n".join(lines[start:number])
                start = number
        yield "\n".join(lines[start:])


def _is_bare(text: str) -> bool:
    return text.rstrip().endswith(":") or len(text.split()) < _FEW


def _is_list_of_lines(text: str) -> bool:
    """Whether each line is a thing asked for, as bullets become that have lost their signs."""
    lines = text.split("\n")
    if len(lines) < 2 or any(len(line) > _LONG_LINE for line in lines[:-1]):
        return False
    return all(
        line[:1].isupper() or line[:1].isdigit() or asks(line) or names_what_is_wanted(line)
        for line in (each.strip() for each in lines)
    ) and not any(is_courtesy(line) for line in lines)


def _asked_in(sentence: str) -> Iterator[str]:
    """The asks of one sentence: one, unless it plainly asks several times."""
    lead, colon, rest = sentence.partition(":")
    items = re.split(r"(?<=;)\s+", rest.strip()) if colon else []
    if len(items) > 1 and all(asks(each) or names_what_is_wanted(_without_and(each)) for each in items):
        yield f"{lead}: {items[0]}"
        yield from items[1:]
        return
    if sense(sentence) != "asks":
        yield sentence
        return
    pieces = _ALSO_IF_POSSIBLE.split(sentence)
    if len(pieces) == 1:
        pieces = _INTERROGATIVE.split(sentence)
        if len(pieces) < _ROW or not asks(pieces[0]):
            pieces = [sentence]
    yield from pieces


def _without_and(text: str) -> str:
    return re.sub(r"^and\s+", "", text.strip(), flags=re.IGNORECASE)
