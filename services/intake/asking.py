"""Tells by its words whether a sentence asks for something, is a courtesy, or signs a letter off."""

import re

_ASKS = re.compile(
    r"\?"
    r"|\b(please|could you|can you|would you|will you|let me know|tell me|provide|supply|disclose|release|confirm"
    r"|i would like|i'd like|i want|i wish to|we would like|i request|we request|i am requesting|i am asking"
    r"|how many|how much|gratefully received|grateful for|copies of|a copy of|details of|a list of|the number of)\b"
    r"|(?:^|[.!]\s+)(how|what|which|who|whom|whose|when|where|why|do|does|did|is|are|was|were|has|have|had)\s",
    re.IGNORECASE,
)
_ASKS_FOR_NOTHING = re.compile(
    r"^(dear\b|hello\b|hi\b|good (morning|afternoon|evening)\b)[^?\n]{0,80}$"
    r"|^[^?]{0,60}\b(request the following|following (information|questions|documents))\b[^?]*:$",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"^(many thanks|thanks|thank you|i look forward|we look forward|looking forward"
    r"|please (acknowledge|confirm receipt)"
    r"|if you (need|require|have) any|should you (need|require|have)|please (contact|get in touch|do not hesitate)"
    r"|i understand that (under the act|i am entitled|you (are|have))|sent from my)\b",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"^\W*((kind(est)?|best|warm(est)?|with (kind|best)|many)\s+)?"
    r"(regards|wishes|yours (sincerely|faithfully|truly)|yours|sincerely|cheers)[,.!]?(\s+\S+){0,4}\s*$|^--\s*$",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """Whether the text asks for information, as a question or as a wish; an announcement of questions does not."""
    text = text.strip().replace("’", "'")
    return bool(_ASKS.search(text)) and not _ASKS_FOR_NOTHING.search(text)


def is_courtesy(paragraph: str) -> bool:
    """Whether the paragraph is one of those that end a letter and ask for no information."""
    return bool(_COURTESY.search(paragraph.strip())) and "?" not in paragraph


def signs_off(text: str) -> bool:
    """Whether the text begins with a line that signs off, such as "Yours faithfully,"."""
    return bool(_SIGN_OFF.search(text.strip().split("\n")[0]))
