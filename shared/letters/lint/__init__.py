"""The letter linter: what is wrong with a letter, as its reader would meet it (RN-01 to RN-24, EXM, VAL, STA).

It reads any letter, Candour's own or another's, with or without the decisions that it is to carry.
"""

from shared.letters.lint.decided import Decided, DecisionsUnreadable, decisions
from shared.letters.lint.finding import LetterFinding, Verdict, verdict
from shared.letters.lint.linting import lint

__all__ = ["Decided", "DecisionsUnreadable", "LetterFinding", "Verdict", "decisions", "lint", "verdict"]
