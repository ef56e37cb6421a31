"""The words by which files name regimes, clocks and clock events, as patterns; the first that fits counts.

A name is compared in lower case, with an underscore for whatever is neither letter nor digit: "s10(3) extended" is
`s10_3_extended`.
"""

import re
from collections.abc import Sequence

Words = Sequence[tuple[re.Pattern[str], str]]


def _words(*rows: tuple[str, str]) -> Words:
    return tuple((re.compile(pattern), name) for pattern, name in rows)


REGIMES: Words = _words(
    (r"foisa|foi_s|scot|fois_a", "foisa"),
    (r"(^|_)eirs?(_|$)|environment", "eir"),
    (r"(^|_)d?sars?(_|$)|subject_access|gdpr|(^|_)dpa|data_protection|article_15", "sar"),
    (r"(^|_)foia?(_|$)|freedom", "foia"),
)

CLOCKS: Words = _words(
    (r"(aggreg|window_?60|60_).*(start|back|begin|earliest|first_day)", "aggregation_start"),
    (r"aggreg|window_?60|60_working", "aggregation_end"),
    (r"tribunal|appeal|(^|_)grc|(^|_)ftt", "appeal"),
    (r"information_notice|info_notice|ico_in(_|$)|(^|_)s51", "information_notice"),
    (r"decision_notice|(^|_)dn(_|$)|enforcement", "decision_notice"),
    (r"complain|(^|_)s50", "complaint"),
    (r"(review|(^|_)ir(_|$)|reg_?11|reconsider|represent).*(request|window|ask|seek|represent)", "review_request"),
    (r"representations", "review_request"),
    (r"(review|(^|_)ir(_|$)|reg_?11|reconsider).*(exten|except|40|max)", "review_extended"),
    (r"review|(^|_)ir(_|$)|reg_?11|reconsider", "review"),
    (r"(^|_)fees?(_|$)|(^|_)s9(_|$)|reg_?8|payment", "response"),
    (r"clarif|lapse|(^|_)s1_3", "response"),
    (r"(^|_)s17|refusal_notice|reg_?14|notice_due", "notice"),
    (r"exten|(^|_)pit(_|$)|10_3|reg_?7|40|complex|outer|ceiling", "extended"),
    (r"target", "target"),
    (r"respon|answer|(^|_)s10|reg_?5|month|(^|_)due|request|20|(^|_)sar|subject_access|art|(^|_)s45", "response"),
)
"""How long a clarification or a fee may be waited for comes out with every answer's own clock."""

EVENTS: Words = _words(
    (r"holiday|proclam|calendar_(change|update)", "holiday_proclaimed"),
    (r"(review|(^|_)ir(_|$)|reconsider).*(exten|except)", "review_extended"),
    (r"(review|(^|_)ir(_|$)|reconsider).*(request|receiv|ask|sought)|dissatisf|represent", "review_requested"),
    (r"(review|(^|_)ir(_|$)|reconsider)", "review_answered"),
    (r"decision_notice|(^|_)dn(_|$)|enforcement_notice", "document"),
    (r"information_notice|info_notice|practice_recommendation", "document"),
    (r"ident|proof_of|(^|_)id_", "identity"),
    (r"acknowledg|(^|_)ack", "acknowledged"),
    (r"holding|delay|apolog|interim_(letter|reply)|progress", "holding_letter_sent"),
    (r"remind|chas", "reminded"),
    (r"resent|re_sent|resubmi|sent_again|redeliver|redirect.*(receiv|arriv|sent)", "resent"),
    (r"receiv.*(correct|right|proper|new)_|(correct|right|proper|new)_(address|inbox|mailbox).*receiv", "resent"),
    (r"internal_(transfer|referral|forward)", "logged"),
    (r"redirect|auto_?reply|auto_?respon|out_of_office|wrong_address|bounce", "redirected"),
    (r"transfer.*(propos|offer|request|ask|sought|refus|declin)", "transfer_proposed"),
    (r"transfer.*(agree|permi|consent|accept)|permission|consent", "transfer_agreed"),
    (r"transfer", "transferred"),
    (r"(narrow|refin|reduc).*(receiv|repl|request_rec|accept|agree|answer|submit)|(narrowed|refined)", "narrowed"),
    (r"narrow|refin|reduc|cost_limit|s16|advice_and_assist|scope", "narrowing_sought"),
    (r"purpose|(^|_)why|motive|reasons?_(ask|request|sought)", "purpose_asked"),
    (r"exten|(^|_)pit(_|$)|public_interest|more_time|s10_3|reg_?7|complex|volumin", "time_extended"),
    (r"(fees?|payment|charge|cheque).*(laps|expir|unpaid|not_paid|never)", "lapsed"),
    (r"(clarif|information|particulars).*(laps|expir|no_reply|unanswered|closed|timed_out)", "lapsed"),
    (r"(fees?|charge|cheque).*(receiv|paid|payment$|clear)|payment_(receiv|made|clear)|(^|_)paid", "fee_received"),
    (r"fees?(_|$)|charge|payment_(request|demand)|advance_payment", "fees_notice_given"),
    (r"(insufficient|inadequate|incomplete).*(clarif|repl|answer|respon|information|particulars)", "insufficient"),
    (r"clarif.*(insufficient|inadequate|incomplete|partial|still_unclear|not_enough)|partial.*clarif", "insufficient"),
    (
        r"(clarif|further_information|more_information|particulars|requester).*"
        r"(receiv|repl|answer|suppl|provid|respon|given|clarified)|clarified|(^|_)reset",
        "clarification_received",
    ),
    (r"clarif|further_information|more_information|particulars|s1_3", "clarification_sought"),
    (r"withdr|cancel", "withdrawn"),
    (r"laps|expir|timed_out", "lapsed"),
    (r"invalid|not_valid", "found_not_valid"),
    (r"office|closure|privilege|shut", "office_closed"),
    (r"consult|refer|npcc|ctphq|third_party|home_office|stakeholder|business_area|advice|input", "consulted"),
    (r"draft|approv|(^|_)sign|redact|release_check", "drafted"),
    (r"partial|partly|part_(respon|discl|answer|repl|disp|sent)|interim|first_batch|some_parts", "partly_responded"),
    (r"request_|^received|(^|_)(open|log|register|allocat|assign|forward|deliver|read(_|$))", "logged"),
    (r"respon|answer|dispatch|refus|disclos|repl|issued|sent|complied|ncnd|not_held|(^|_)s12|(^|_)s14", "responded"),
)
"""What kind of clock event a file's word is; "document", "identity" and the like are the command's own."""


def named(words: Words, text: str) -> str | None:
    """What `text` means by `words`; None where it means nothing there."""
    plain = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return next((name for pattern, name in words if pattern.search(plain)), None)
