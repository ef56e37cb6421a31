"""Parts running text into sentences, so that nothing of it is lost but white space."""

import re

_END = re.compile(r"([.?!])[\"”’')\]]{0,3}\s+(?=(\S))")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.?g|i\.?e|etc|no|nos|mr|mrs|ms|dr|st|sgt|insp|supt|vs?|s|ss|reg|para|approx|inc|incl|ltd|co"
    r"|ref|tel|dept|cf|[A-Z])\.$",
    re.IGNORECASE,
)
_REACH = 10
_QUOTATION = re.compile(r"“[^“”]{0,1500}”|\"[^\"]{0,1500}\"")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph in order, each without white space around it; a quotation stays in one."""
    found = []
    start = 0
    quotations = [(each.start(), each.end()) for each in _QUOTATION.finditer(text)]
    for end in _END.finditer(text):
        stop = end.end(1)
        while quotations and quotations[0][1] <= stop:
            quotations.pop(0)
        if quotations and quotations[0][0] < stop < quotations[0][1] - 1:
            continue
        if end[1] == "." and (end[2].islower() or _ABBREVIATION.search(text[max(start, stop - _REACH) : stop])):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]
