"""What an organisation has settled, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from calmtray.practice.problem import Problem
from calmtray.words.language import _, marked

if TYPE_CHECKING:
    from calmtray.settings.policy import Policy

_SENTENCES = {
    "policy-unreadable": marked(
        "What your organisation has set up can’t be read ({reason}). Nothing is fixed or"
        " hidden, and no file may leave, until it is put right."
    ),
    "policy-damaged": marked(
        "What your organisation has set up makes no sense ({reason}). Nothing is fixed or"
        " hidden, and no file may leave, until it is put right."
    ),
    "policy-unknown": marked("“{where}”, which your organisation has set up, means nothing to this calmtray."),
    "policy-no-setting": marked("“{where}”, which your organisation has set up, is no setting of this calmtray."),
    "policy-value": marked("“{where}”, which your organisation has set up, does not take this value."),
}


def fixed_text() -> str:
    """Why a setting can’t be changed."""
    return _("Set by your organisation.")


def no_exports_text() -> str:
    """Why no file is written."""
    return _(
        "Your organisation has switched off writing practices and the journal into files that leave this computer."
    )


def policy_lines(policy: Policy) -> Iterator[str]:
    """What it settles, a line each, for whoever looks after the machine; none where it settles nothing."""
    if policy.fixed:
        yield _("Set by the organisation: {names}.").format(names=", ".join(sorted(policy.fixed)))
    if policy.hidden:
        yield _("Hidden by the organisation: {names}.").format(names=", ".join(sorted(policy.hidden)))
    if not policy.exports:
        yield no_exports_text()
    yield from map(_problem_text, policy.problems)


def organisation_lines(found: Mapping[str, int]) -> Iterator[str]:
    """The practices that everybody has, and what of their folder is of no use; none where there is no such folder."""
    if found:
        yield _("Practices of the organisation: {number}.").format(number=found["practices"])
        if found["damaged"]:
            yield _("Files among them that can’t be used: {number}. calmtray check tells why.").format(
                number=found["damaged"]
            )
        if found["packs"]:
            yield _("Packs among them, which are read once they are unpacked: {number}.").format(number=found["packs"])


def _problem_text(problem: Problem) -> str:
    return _(_SENTENCES[problem.code]).format(where=problem.where, **problem.details)


def policy_problem_text(problem: Problem) -> str:
    """What is wrong with the policy, and who can mend it."""
    sentence = _problem_text(problem)
    mend = _("Whoever looks after this computer can mend it: {path}").format(path=problem.file)
    return f"{sentence} {mend}"
