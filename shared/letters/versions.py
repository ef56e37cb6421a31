"""The version of every template, by language and kind of letter.

A sent letter records both, so that one can tell years later which words were then in use. Whoever changes a template,
or a file that it imports, raises its version here; a test holds each version to the digest of its files.
"""

VERSIONS: dict[str, dict[str, int]] = {
    "en": {
        "reply": 1,
        "acknowledgement": 1,
        "clarification": 1,
        "fees-notice": 1,
        "extension": 1,
        "transfer": 1,
        "other-regime": 1,
        "holding-letter": 1,
        "invalid-request": 1,
        "lapse": 1,
        "withdrawal": 1,
        "review-acknowledgement": 2,
        "review-outcome": 2,
        "correction": 1,
    },
}
