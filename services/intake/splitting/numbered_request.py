"""Proposes the parts of a request that numbers its questions."""

from collections.abc import Sequence

from services.intake.asking import announces, asks, asks_or_refines, names_what_is_wanted, only_states, sense
from services.intake.sentences import sentences
from services.intake.splitting.blocks import Block
from services.intake.splitting.headings import is_heading
from services.intake.splitting.numbered import Numbered
from services.intake.splitting.numbering import Place, label
from services.intake.splitting.outline import PREAMBLE, Draft

_FEW = 5
"""Words of a lead such as "If yes, please tell me:" at most."""


class NumberedRequest:
    """Collects the parts block by block. What has no number is an ask below the item at hand, or belongs to it."""

    def __init__(self, request: int) -> None:
        self._first = request
        self.drafts: list[Draft] = []
        self._items: dict[tuple[int, Place], Draft] = {}
        self._at_hand: Draft | None = None
        self._in_a_row: set[Draft] = set()

    def add(self, blocks: Sequence[Block]) -> list[Draft]:
        """The parts of all blocks."""
        for number, block in enumerate(blocks):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            if block.kind == "item":
                self._item(block)
            elif block.kind == "quoted":
                self.drafts.append(Draft("context", [block.text], request=self._request))
            elif self._at_hand is None:
                self._preamble(block)
            elif block.kind == "bullet":
                if not number or blocks[number - 1].kind != "bullet":
                    self._bullets(blocks[number : _end_of_bullets(blocks, number)])
            else:
                self._paragraph(block, following)
        for draft in self.drafts:
            if draft.marked and draft not in self._in_a_row and _only_introduces(draft):
                draft.kind = "context"
        return self.drafts

    @property
    def _request(self) -> int:
        return self._at_hand.request if self._at_hand else self._first

    def _preamble(self, block: Block) -> None:
        if self.drafts and self.drafts[-1].kind == "preamble":
            self._append(self.drafts[-1], block)
        else:
            self.drafts.append(
                Draft(
                    "preamble",
                    [_whole(block)],
                    label="" if any(d.kind == "preamble" for d in self.drafts) else PREAMBLE,
                    request=self._first,
                )
            )

    def _item(self, block: Block) -> None:
        numbered = block.numbered
        assert numbered is not None
        parent = next(
            (
                self._items[key]
                for depth in range(len(numbered.place) - 1, 0, -1)
                if (key := (numbered.run, _bare(numbered.place[:depth]))) in self._items
            ),
            None,
        )
        item = Draft(
            "question",
            [block.text],
            label=label(numbered.place),
            parent=parent,
            mark=numbered.mark.written,
            request=self._first + numbered.run,
            marked=True,
        )
        self._items[numbered.run, _bare(numbered.place)] = item
        self._open(item)
        self._at_hand = item
        self._row(item)

    def _row(self, item: Draft) -> None:
        """Take apart several questions in a row after an announcement: "Please answer: How long? Who decides?"."""
        lead, colon, rest = item.texts[0].partition(":")
        row = sentences(rest)
        if colon and len(row) > 1 and all(each.endswith("?") for each in row) and "?" not in lead:
            item.texts[0] = lead + colon
            self._in_a_row.add(item)
            for each in row:
                self._open(Draft("question", [each], parent=item, request=item.request))

    def _bullets(self, run: Sequence[Block]) -> None:
        """Bullets below an item are part of it, unless each of them asks."""
        asked = len(run) > 1 and all(asks(block.text) for block in run)
        parent = self._parent_of_an_ask()
        for block in run:
            if asked and block.bullet is not None:
                mark = block.bullet.written
                self._open(Draft("question", [block.text], parent=parent, mark=mark, request=parent.request))
            else:
                self._append(self.drafts[-1], block)

    def _paragraph(self, block: Block, following: Block | None) -> None:
        assert self._at_hand is not None
        text = block.text
        numbered = following.numbered if following is not None else None
        if not self._at_hand.text and self.drafts[-1] is self._at_hand:  # the mark stood on a line of its own
            self._append(self._at_hand, block)
            self._row(self._at_hand)
            return
        if numbered is not None and (
            (block.fresh and is_heading(text))
            or (numbered.run and label(numbered.place) in ("1", "a", "i", "1a", "1.1") and self._begins(numbered))
        ):
            self.drafts.append(Draft("context", [text], request=self._first + numbered.run))
        elif block.kind == "paragraph" and block.fresh and _asks_more(text, numbered):
            parent = self._parent_of_an_ask()
            self._open(Draft("question", [text], parent=parent, request=parent.request))
        else:
            self._append(self.drafts[-1], block)

    def _begins(self, numbered: Numbered) -> bool:
        return self._first + numbered.run != self._request

    def _parent_of_an_ask(self) -> Draft:
        """The question that an ask without a number is about: the item at hand, or the one that lists it."""
        item = self._at_hand
        assert item is not None
        parent = item.parent
        if parent is not None and parent.marked and asks(parent.text) and not asks(item.text):
            return parent
        return item

    def _open(self, draft: Draft) -> None:
        self.drafts.append(draft)
        if draft.parent is not None:
            draft.parent.children.append(draft)

    def _append(self, draft: Draft, block: Block) -> None:
        text = _whole(block)
        if block.fresh or not draft.texts:
            draft.texts.append(text)
        else:
            draft.texts[-1] += f"\n{text}"


def _asks_more(text: str, following: Numbered | None) -> bool:
    """Whether a paragraph asks for more, rather than leading to marks: "If yes:"."""
    if text.endswith(":") and following is not None:
        return False
    return asks_or_refines(text) and not announces(text)


def _end_of_bullets(blocks: Sequence[Block], start: int) -> int:
    return next((number for number in range(start, len(blocks)) if blocks[number].kind != "bullet"), len(blocks))


def _whole(block: Block) -> str:
    return f"{block.bullet.written} {block.text}" if block.bullet else block.text


def _bare(place: Place) -> Place:
    """The place without how its marks are written, which varies by slips of the hand."""
    return tuple(type(level)(level.kind, level.value, "", 0) for level in place)


def _only_introduces(item: Draft) -> bool:
    """Whether an item asks nothing itself but what stands below it does, or only states something."""
    below = [child.text for child in item.children]
    leads = bool(below) and item.text.endswith(":") and len(item.text.split()) < _FEW
    if any(sense(each) == "asks" or (sense(each) == "refines" and not leads) for each in sentences(item.text)):
        return False
    if not below:
        return only_states(item.text)
    return any(asks(text) or names_what_is_wanted(text) for text in below) and not names_what_is_wanted(item.text)
