"""The most that may be charged for an answer (sections 9 and 13, CST-13)."""

from shared.law.cost import Estimate, in_pounds
from shared.law.findings import Finding


def largest_fee(disbursements_pence: int, estimate: Estimate | None = None) -> int:
    """The largest fee in pence. Below the limit only disbursements may be charged: copying, postage and the like
    (regulation 6). Above it the authority may, if it chooses to answer, charge the estimated cost as well (section 13).

    Raises ValueError for a negative sum.
    """
    if disbursements_pence < 0:
        raise ValueError(f"disbursements are a sum in pence from 0 on, not {disbursements_pence} (CST-13)")
    return disbursements_pence + (estimate.pence if estimate is not None and estimate.exceeds else 0)


def check_fee(amount_pence: int, disbursements_pence: int, estimate: Estimate | None = None) -> tuple[Finding, ...]:
    """What is wrong with a fee that is to be asked for."""
    most = largest_fee(disbursements_pence, estimate)
    if amount_pence < 1:
        return (Finding("amount_pence", "CST-13", "the fee is nothing", "ask for a sum, or give no fees notice"),)
    if amount_pence > most:
        message = f"{in_pounds(amount_pence)} is more than the {in_pounds(most)} that may be charged"
        next_step = "charge no more than that; time counts only where the estimate exceeds the limit"
        return (Finding("amount_pence", "CST-13", message, next_step),)
    return ()
