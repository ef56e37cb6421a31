"""Reads a letter as a person would: headings, and what stands beneath each."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Block:
    """What stands beneath a heading of the third level (or beneath one of the second, where `about` is empty)."""

    heading: str
    about: str = ""
    words: str = ""

    @property
    def labels(self) -> set[str]:
        """The questions that the block is about."""
        found = re.fullmatch(r"[Qq]uestions? (.+)", self.about)
        return set(re.split(r", | and ", found[1])) if found else set()


@dataclass
class Read:
    title: str = ""
    blocks: list[Block] = field(default_factory=list)

    @property
    def words(self) -> str:
        return flat(" ".join(f"{block.about} {block.words}" for block in self.blocks))

    def beneath(self, heading: str) -> list[Block]:
        return [block for block in self.blocks if block.heading == heading and block.about]

    def brief(self) -> str:
        return next(block.words for block in self.blocks if block.heading == "Our decisions in brief")


def flat(text: str) -> str:
    return " ".join(text.split())


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.read = Read(blocks=[Block("")])
        self.within: list[str] = []
        self.outline: list[str] = []
        self.columns: list[str] = []
        self.column = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("meta", "br"):
            return
        self.within.append(tag)
        if tag in ("h1", "h2", "h3", "h4"):
            self.outline.append(tag)
        if tag == "table":
            self.columns = []
        if tag == "tr":
            self.column = 0
        if tag == "h2":
            self.read.blocks.append(Block(""))
        if tag == "h3":
            self.read.blocks.append(Block(self.read.blocks[-1].heading))

    def handle_endtag(self, tag: str) -> None:
        assert self.within.pop() == tag, f"<{tag}> is not closed where it should be"
        if tag == "dt":
            self.read.blocks[-1].words += ":"
        if tag in ("p", "li", "h4", "dd", "dt", "caption"):
            self.read.blocks[-1].words += ": " if tag == "caption" else " "

    def handle_data(self, data: str) -> None:
        block, tag = self.read.blocks[-1], self.within[-1] if self.within else ""
        if tag == "title":
            self.read.title += data
        elif tag == "h2":
            block.heading += data
        elif tag == "h3":
            block.about += data
        elif tag == "th" and "thead" in self.within:
            self.columns.append(data)
        elif tag in ("th", "td"):
            block.words += f"{self.columns[self.column]}: {data} "
            self.column += 1
        elif tag != "style":
            block.words += data


def read_html(letter: bytes) -> Read:
    parser = _Html()
    parser.feed(letter.decode())
    parser.close()
    assert parser.within == []
    assert parser.outline[0] == "h1"
    for one, other in zip(parser.outline, parser.outline[1:], strict=False):
        assert int(other[1]) <= int(one[1]) + 1, "a heading's level is skipped"
    for block in parser.read.blocks:
        block.words = flat(block.words)
    return parser.read


_HEADING = re.compile(r"^(.+)\n(-{3,}|~{3,})\n", re.MULTILINE)


def read_text(letter: bytes, headings: list[str]) -> Read:
    """The plain text; its headings of the second level are written in capitals, so `headings` names them."""
    written = {heading.upper(): heading for heading in headings}
    pieces = _HEADING.split(letter.decode())
    read = Read(blocks=[Block("", words=flat(pieces[0]))])
    for words, line, beneath in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        if line[0] == "-":
            read.blocks.append(Block(written[words]))
        else:
            read.blocks.append(Block(read.blocks[-1].heading, words))
        read.blocks[-1].words = flat(re.sub(r"^(?:> ?)?(?:- )?", "", beneath, flags=re.MULTILINE))
    return read
