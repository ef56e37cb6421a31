"""The command that explains citations: what they rest on, what has to accompany them, and what is wrong with them."""

import json
import sys
from typing import Any

import click

from shared.law.citations import CitationProblem, read
from shared.law.exemptions import PROVISIONS, ForceLimit, Provision
from shared.law.grounds import LIKELIHOODS
from shared.law.procedural_grounds import PROCEDURAL, ProceduralGround


@click.command()
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for a program to read.")
def cite(texts: tuple[str, ...], as_json: bool) -> None:
    """Explain citations such as "s.31(1)(a)" or "40(3)": what each is, and what is wrong with it.

    A TEXT of - reads lines from standard input. Exit 1 when something specifies no ground for refusing, or none that a
    police force may use.
    """
    written = [line for text in texts for line in (_lines() if text == "-" else [text])]
    if not written:
        raise click.UsageError('nothing is cited; write a section with its limb, such as "31(1)(a)"')
    explained = [explain(text) for text in written]
    click.echo(
        json.dumps(explained, indent=2, ensure_ascii=False) if as_json else "\n\n".join(map(in_words, explained))
    )
    sys.exit(1 if any(each["blocked"] for each in explained) else 0)


def _lines() -> list[str]:
    raw = sys.stdin.buffer.read()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError("standard input is not UTF-8 text; send one citation a line") from None
    return [line.strip() for line in text.splitlines() if line.strip()]


def explain(text: str) -> dict[str, Any]:
    """What a text cites, provision by provision, and what is wrong with it."""
    reading = read(text)
    provisions = [PROVISIONS[each] for each in reading.cited if each in PROVISIONS]
    problems = [
        *map(_problem, reading.problems),
        *(_limit(each.text, each.for_forces) for each in provisions if each.for_forces),
    ]
    return {
        "written": text,
        "cited": list(reading.cited),
        "blocked": any(problem["severity"] == "B" for problem in problems),
        "explained": [
            _provision(PROVISIONS[each]) if each in PROVISIONS else _procedural(PROCEDURAL[each])
            for each in reading.cited
        ],
        "problems": problems,
    }


def _provision(each: Provision) -> dict[str, Any]:
    exemption = each.exemption
    return {
        "citation": each.text,
        "title": exemption.title,
        "about": each.about,
        "exemption": True,
        "use_for": "neither confirming nor denying" if each.is_ncnd else "withholding",
        "kind": "qualified" if each.qualified else "absolute",
        "basis": exemption.basis,
        "harm_required": each.harm_required,
        "likelihood": list(LIKELIHOODS) if each.harm_required else [],
        "public_interest_test": each.qualified,
        "with_one_of": list(each.with_one_of),
        "opinion": exemption.opinion,
        "three_steps": each.three_steps,
        "certificate": exemption.certificate,
        "to_show": [{"what": wanted.what, "about": wanted.about} for wanted in each.to_show],
        "lapses_after_years": each.lapses_after,
        "neither_confirm_nor_deny": list(exemption.ncnd),
        "exclusive_with": [] if each.is_ncnd else list(exemption.exclusive_with),
        "police_use": exemption.use,
        "note": exemption.note,
        "source": exemption.source,
    }


def _procedural(ground: ProceduralGround) -> dict[str, Any]:
    return {
        "citation": ground.text,
        "title": ground.title,
        "exemption": False,
        "harm_required": False,
        "public_interest_test": False,
        "notice": ground.notice,
        "needs": list(ground.needs),
        "note": ground.instead,
        "source": ground.source,
    }


def _problem(problem: CitationProblem) -> dict[str, str]:
    return {
        "cited": problem.cited,
        "rule": problem.rule,
        "severity": problem.severity,
        "problem": problem.problem,
        "next_step": problem.next_step,
    }


def _limit(cited: str, limit: ForceLimit) -> dict[str, str]:
    """That a police force may not, or hardly ever should, use this provision (EXM-07)."""
    return {
        "cited": cited,
        "rule": limit.rule,
        "severity": limit.severity,
        "problem": limit.reason,
        "next_step": limit.next_step,
    }


def in_words(explained: dict[str, Any]) -> str:
    """The explanation as a person reads it."""
    lines = [f"“{explained['written']}”"]
    for each in explained["explained"]:
        title = each["title"] if each["exemption"] else f"{each['title']} (no exemption)"
        lines.append(f"  {each['citation']}  {title}")
        lines += [f"      {line}" for line in (_of_exemption(each) if each["exemption"] else _of_ground(each))]
    for problem in explained["problems"]:
        told = {"B": "Wrong", "W": "Mend", "I": "Note"}[problem["severity"]]
        lines.append(f"  {told} ({problem['rule']}): {problem['problem']}. {_sentence(problem['next_step'])}")
    return "\n".join(lines)


def _of_exemption(each: dict[str, Any]) -> list[str]:
    needs = []
    if each["harm_required"]:
        needs.append(f"the harm, to whom and how it follows, and its likelihood ({' or '.join(each['likelihood'])})")
    if each["public_interest_test"]:
        needs.append("factors each way and a balance of the public interest")
    if each["with_one_of"]:
        needs.append(f"one of {', '.join(each['with_one_of'])} cited beside it")
    if each["opinion"]:
        needs.append("the chief officer's own opinion, dated before the letter, on this limb")
    if each["three_steps"]:
        needs.append("whose data they are, and legitimate interest, necessity and balance (Article 6(1)(f), UK GDPR)")
    needs += [wanted["about"] for wanted in each["to_show"]]
    basis = f"{each['kind']}, {'class based' if each['basis'] == 'class' else 'based on ' + each['basis']}"
    return [
        _sentence(each["about"]),
        f"For {each['use_for']}; {basis}.",
        *(f"Needs: {need}." for need in needs),
        *([f"A certificate may be given under {each['certificate']}."] if each["certificate"] else []),
        *([f"Not for records older than {each['lapses_after_years']} years."] if each["lapses_after_years"] else []),
        *([f"Not together with section {', '.join(each['exclusive_with'])}."] if each["exclusive_with"] else []),
        f"To neither confirm nor deny: {', '.join(each['neither_confirm_nor_deny']) or 'no provision'}.",
        f"Police use: {each['police_use']}.",
        *([each["note"]] if each["note"] else []),
    ]


def _of_ground(each: dict[str, Any]) -> list[str]:
    notice = f"Notice under section {each['notice']}." if each["notice"] else "The Act asks for no notice."
    return ["No harm and no public interest test.", notice, *(f"Needs: {need}." for need in each["needs"])]


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."
