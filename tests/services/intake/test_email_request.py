"""A request is read from an e-mail however it was written; what cannot be read is passed over."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.intake.email_request import LONGEST_TEXT, read_email

HEADERS = "From: Quilla Zephyrine <q@example.org>\nSubject: Dogs\n"


def read(text, body="How many?"):
    return read_email(f"{text}\n{body}".encode())


ARRIVALS = [
    ("Received: from a by b; Fri, 12 Jun 2026 09:00:00 +0100\nDate: Thu, 11 Jun 2026 09:00:00 +0100\n", "2026-06-12"),
    ("Received: from a by b (x; y) id 1;\n Fri, 12 Jun 2026 23:30:00 +0000 (UTC)\n", "2026-06-13"),
    (
        "Received: by c; Sun, 14 Jun 2026 08:00:00 +0000\nReceived: by b; Fri, 12 Jun 2026 08:00:00 +0000\n",
        "2026-06-14",
    ),
    ("Received: from a by b\nDate: Thu, 11 Jun 2026 09:00:00 +0100\n", "2026-06-11"),
    ("Date: Mon, 12 Jan 2026 23:55:00 -0000\n", "2026-01-12"),
    ("Date: Thu, 99 Jun 2026 09:00:00 +0100\n", None),
    ("Date: soon\nReceived: nonsense;;;\n", None),
    ("", None),
]


@pytest.mark.parametrize(("headers", "day"), ARRIVALS)
def test_the_day_of_receipt_is_the_day_in_london_on_which_our_server_took_it(headers, day):
    assert read(headers + HEADERS).received_on == (date.fromisoformat(day) if day else None)


WRITERS = [
    ("From: Quilla Zephyrine <q@example.org>\n", "Quilla Zephyrine", "q@example.org"),
    ("From: q@example.org\n", None, "q@example.org"),
    ("From: Quilla <q@example.org>\nReply-To: r@example.org\n", "Quilla", "r@example.org"),
    ("From: Quilla <q@example.org>\nReply-To: nonsense\n", "Quilla", "q@example.org"),
    ("From: =?utf-8?q?Qu=C3=AFlla?= <q@example.org>\n", "Quïlla", "q@example.org"),
    ('From: "Zephyrine, Quilla" <q@example.org>\n', "Zephyrine, Quilla", "q@example.org"),
    ("From: <>\n", None, None),
    ("From: a b c\n", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("headers", "name", "address"), WRITERS)
def test_the_writer_is_the_one_to_reply_to(headers, name, address):
    found = read(headers)
    assert (found.name and found.name.reveal(), found.email and found.email.reveal()) == (name, address)


BODIES = [
    ("", "How many?\r\nWho?\r\n", "Dogs\n\nHow many?\nWho?"),
    (
        "Content-Type: text/html\n",
        "<p>How&nbsp;many?</p><p>Who?</p><ul><li>a<li>b</ul>",
        "Dogs\n\nHow many?\n\nWho?\n\na\nb",
    ),
    ("Content-Type: text/html\n", "<style>p{}</style><script>x</script><p>Who?</p>", "Dogs\n\nWho?"),
    ("Content-Type: text/html\n", "<![bogus <!declaration", "Dogs"),
    ("Content-Type: text/plain; charset=klingon\n", "Who?", "Dogs\n\nWho?"),
    ("Content-Transfer-Encoding: base64\n", "V2hvPw==", "Dogs\n\nWho?"),
    ("Content-Transfer-Encoding: base64\n", "***", "Dogs"),
    (
        'Content-Type: multipart/mixed; boundary="x"\n',
        "--x\n\nWho?\n--x\nContent-Type: text/html\n\n<p>n\n--x--",
        "Dogs\n\nWho?",
    ),
    ("Content-Type: application/pdf\n", "JVBERi0=", "Dogs"),
    ("", "nul\x00 and \x1b bell", "Dogs\n\nnul and  bell"),
]


@pytest.mark.parametrize(("headers", "body", "text"), BODIES)
def test_the_text_is_what_a_person_would_read(headers, body, text):
    assert read(HEADERS + headers, body).text.reveal() == text


def test_a_very_long_text_is_cut_with_a_note_that_says_so():
    text = read(HEADERS, "word " * LONGEST_TEXT).text.reveal()
    assert len(text) < LONGEST_TEXT + 100
    assert text.endswith("[The rest stands in the original.]")


HEADS = [
    b"From: ",
    b"Reply-To: <",
    b"Received: ;",
    b"Date: ",
    b"Subject: =?utf-8?b?",
    b"Content-Type: ",
    b"\n",
    b"\r\n",
]
VALUES = [b"multipart/mixed; boundary=x", b"text/html; charset=", b"--x", b"message/rfc822", b"@", b"\xff", b">", b'"']
LINES = st.lists(st.sampled_from(HEADS + VALUES) | st.binary(max_size=8), max_size=30).map(b"".join)


@given(LINES)
@example(b"From: @\n\n")
@example(b'From: "\n\n')
@example(b"Content-Type: multipart/mixed\n\n")
def test_no_bytes_whatever_are_an_error(raw):
    text = read_email(raw).text.reveal()
    assert "\x00" not in text
    text.encode()
