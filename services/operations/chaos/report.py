"""What a trial came to, for people."""

from collections import Counter
from collections.abc import Iterator, Mapping

from services.operations.chaos.findings import MOST_TOLD
from services.operations.chaos.hunts import HUNTS
from services.operations.chaos.trial import Trial


def in_words(trial: Trial) -> str:
    return "\n".join(_lines(trial))


def _lines(trial: Trial) -> Iterator[str]:
    kills, rate = trial.kills.total(), trial.kills.total() / max(trial.seconds, 0.1)
    name = f"{trial.bug} ({HUNTS[trial.bug].what})" if trial.bug else "no seeded bug"
    yield f"{name}: {kills} kills in {trial.seconds:.0f} s ({rate:.1f} a second)"
    yield f"  killed        {_listed(trial.kills)}"
    yield f"  load          {trial.cases} requests, {trial.acknowledged} acts acknowledged, {trial.in_doubt} in doubt"
    yield f"  answers       {_listed(trial.answers)}"
    twice = f"{trial.redelivered} sent once more; {trial.seen_before} deliveries seen before and left alone"
    yield f"  events        {trial.events} recorded, {twice}"
    if trial.ended_alone:
        yield f"  ended alone   {_listed(trial.ended_alone)}"
    kinds = Counter(finding.kind for finding in trial.findings)
    for kind in kinds:
        those = [finding for finding in trial.findings if finding.kind == kind]
        yield from (f"  {finding.in_words()}" for finding in those[:MOST_TOLD])
        if len(those) > MOST_TOLD:
            yield f"  {kind.upper()}  and {len(those) - MOST_TOLD} more"
    if trial.bug is None:
        yield "  Nothing was lost, doubled or put out of order." if trial.as_expected else f"  WRONG: {_listed(kinds)}"
    elif trial.as_expected:
        yield f"  Found, as {_listed(kinds)}."
    else:
        yield f"  NOT FOUND: the harness has failed. Expected {' or '.join(sorted(trial.expected))}."
    if not trial.as_expected:
        yield f"  Everything is kept in {trial.state}"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items())) or "nothing"
