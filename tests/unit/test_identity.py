"""Tokens: what is taken, what is refused, and how the keys are come by."""

import json
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.chassis.config import ConfigError
from shared.chassis.identity import Actor, Keys, KeysUnavailable, NotAuthenticated, Verifier
from shared.chassis.local_issuer import LocalIssuer
from tests.support import config_for


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("identity")


@pytest.fixture(scope="module")
def issuer(folder):
    return LocalIssuer(folder, env="test")


@pytest.fixture
def verifier(folder, issuer):
    return Verifier("candour-local", "candour", folder / "jwks.json")


class Hands:
    """A clock that is turned by hand, in seconds."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC).timestamp()

    def __call__(self) -> float:
        return self.at


def forged(issuer, *, key=None, algorithm="RS256", headers=None, **claims):
    """A token with some claims, or its key or header, changed; a claim of None is left out."""
    token = issuer.token("a.patel", ["decision-maker"])
    kid = jwt.get_unverified_header(token)["kid"]
    original = jwt.decode(token, options={"verify_signature": False})
    changed = {name: value for name, value in {**original, **claims}.items() if value is not None}
    key = None if algorithm == "none" else key or issuer._key
    return jwt.encode(changed, key, algorithm=algorithm, headers={"kid": kid, **(headers or {})})


def test_a_token_says_who_asks_in_which_roles_for_which_party(issuer, verifier):
    token = issuer.token("a.patel", ["party", "auditor"], party="npcc")
    assert verifier.actor(token) == Actor("a.patel", frozenset({"party", "auditor"}), "npcc")
    assert verifier.actor(token).acting_as("party").role == "party"


OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
YESTERDAY = datetime.now(UTC) - timedelta(days=1)

REFUSED = {
    "run out": {"exp": YESTERDAY},
    "without an end": {"exp": None},
    "not yet good": {"nbf": datetime.now(UTC) + timedelta(days=1)},
    "for another audience": {"aud": "payroll"},
    "without audience": {"aud": None},
    "from another issuer": {"iss": "https://evil.example"},
    "without issuer": {"iss": None},
    "without a person": {"sub": None},
    "for an e-mail address": {"sub": "a.patel@example.com"},
    "for a name with a capital": {"sub": "A"},
    "for a name with a line end": {"sub": "a\n"},
    "for a name that is too long": {"sub": "a" * 65},
    "with one role that is no name": {"roles": ["approver", "a b"]},
    "with roles that are no list": {"roles": "approver"},
    "with roles that are no texts": {"roles": [1]},
    "with Candour's own role": {"roles": ["system"]},
    "of a party without its name": {"roles": ["party"]},
    "of a party with a senseless name": {"roles": ["party"], "party": "../x"},
    "signed with another key": {"key": OTHER_KEY},
    "with an unknown kid": {"headers": {"kid": "x"}},
    "with a path as kid": {"headers": {"kid": "../../dev/null"}},
    "not signed": {"algorithm": "none"},
    "signed with a shared secret": {"key": "s" * 64, "algorithm": "HS256"},
    "signed otherwise": {"algorithm": "RS512"},
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_a_token_that_was_tampered_with_is_refused(issuer, verifier, change):
    with pytest.raises(NotAuthenticated) as refusal:
        verifier.actor(forged(issuer, **change))
    assert "example.com" not in str(refusal.value)


@pytest.mark.parametrize("token", ["x", "a.b.c", "....", "é", "x" * 9_000, "eyJhbGciOiJSUzI1NiJ9.e30.", "\ud800"])
def test_what_is_no_token_is_refused(verifier, token):
    with pytest.raises(NotAuthenticated):
        verifier.actor(token)


def test_a_token_is_remembered_for_a_minute_and_never_beyond_its_end(folder, issuer, monkeypatch):
    now = Hands()
    verifier = Verifier("candour-local", "candour", folder / "jwks.json", now=now)
    checked = []
    decode = jwt.decode
    monkeypatch.setattr(jwt, "decode", lambda *a, **k: checked.append(1) or decode(*a, **k))
    token = issuer.token("a.patel", [])
    for after, checks in ((0, 1), (59, 1), (2, 2)):
        now.at += after
        verifier.actor(token)
        assert len(checked) == checks
    short = issuer.token("a.patel", [], lifetime=timedelta(seconds=20))
    verifier.actor(short)
    now.at = datetime.now(UTC).timestamp() + 21
    verifier.actor(short)  # judged anew: the library looks at the machine's clock, where it is still good
    assert len(checked) == 4


def test_the_memory_for_tokens_is_bounded(folder, issuer, monkeypatch):
    monkeypatch.setattr("shared.chassis.identity.REMEMBERED_TOKENS", 3)
    verifier = Verifier("candour-local", "candour", folder / "jwks.json")
    for number in range(8):
        verifier.actor(issuer.token(f"p{number}", []))
    assert len(verifier._seen) <= 3


def test_the_local_issuer_refuses_to_exist_in_production(tmp_path):
    with pytest.raises(ConfigError, match="production"):
        LocalIssuer(tmp_path / "identity", env="production")
    assert not (tmp_path / "identity").exists()


def test_the_issuer_and_the_verifier_of_the_settings_know_each_other(tmp_path):
    config = config_for(tmp_path)
    verifier = Verifier.of(config)
    with pytest.raises(NotAuthenticated):  # before there is any key
        verifier.actor("eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.e30.x")
    token = LocalIssuer.of(config).token("a.patel", ["ops"])
    assert Verifier.of(config).actor(token).roles == {"ops"}


def test_the_key_is_for_its_owner_only(folder, issuer):
    assert stat.S_IMODE((folder / "key.pem").stat().st_mode) == 0o600
    assert "PRIVATE" not in (folder / "jwks.json").read_text()
    assert set(json.loads((folder / "jwks.json").read_text())["keys"][0]) >= {"kid", "kty", "n", "e", "alg"}
    assert "d" not in json.loads((folder / "jwks.json").read_text())["keys"][0]


def test_many_that_start_at_once_take_one_key(tmp_path):
    with ThreadPoolExecutor(6) as pool:
        issuers = list(pool.map(lambda _: LocalIssuer(tmp_path / "identity", env="test"), range(6)))
    verifier = Verifier("candour-local", "candour", tmp_path / "identity" / "jwks.json")
    assert {verifier.actor(issuer.token("a.patel", [])).id for issuer in issuers} == {"a.patel"}
    assert sorted(path.name for path in (tmp_path / "identity").iterdir()) == ["jwks.json", "key.pem"]


@pytest.mark.parametrize("person", ["A", "a@b", "", "a b", "../x"])
def test_the_local_issuer_gives_no_token_to_an_id_that_is_not_opaque(issuer, person):
    with pytest.raises(ValueError, match="opaque"):
        issuer.token(person, [])


@pytest.fixture
def provider(folder, issuer):
    """An identity provider on this machine; `published` is what it answers, `asked` how often."""

    class Provider(BaseHTTPRequestHandler):
        published = (folder / "jwks.json").read_bytes()
        asked = 0

        def do_GET(self):
            Provider.asked += 1
            self.send_response(200)
            self.end_headers()
            self.wfile.write(Provider.published)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Provider.address = f"http://127.0.0.1:{server.server_port}/jwks"
    yield Provider
    server.shutdown()
    server.server_close()
    thread.join()


def test_invented_key_ids_do_not_flood_the_identity_provider(issuer, provider):
    now = Hands()
    verifier = Verifier("candour-local", "candour", provider.address, now=now)
    verifier.actor(issuer.token("a.patel", []))
    for number in range(50):
        with pytest.raises(NotAuthenticated):
            verifier.actor(forged(issuer, headers={"kid": f"k{number}"}))
    assert provider.asked == 1
    now.at += 11
    with pytest.raises(NotAuthenticated):
        verifier.actor(forged(issuer, headers={"kid": "another"}))
    assert provider.asked == 2


def test_a_new_key_is_found_and_a_withdrawn_one_goes(issuer, provider):
    now = Hands()
    kid = json.loads(provider.published)["keys"][0]["kid"]
    held, provider.published = provider.published, b'{"keys": []}'
    keys = Keys(provider.address, now=now)
    with pytest.raises(KeysUnavailable):
        keys.find(kid)
    provider.published = held
    now.at += 11
    assert keys.find(kid)
    provider.published = b'{"keys": [{"kty": "RSA", "kid": "weak", "n": "AQAB", "e": "AQAB"}]}'
    now.at += 601
    with pytest.raises(KeysUnavailable):
        keys.find(kid)


def test_a_provider_that_is_away_stops_nobody_whose_key_is_known(issuer, provider):
    now = Hands()
    keys = Keys(provider.address, now=now)
    kid = json.loads(provider.published)["keys"][0]["kid"]
    assert keys.find(kid)
    provider.published = b"not json"
    now.at += 601
    assert keys.find(kid)


def test_a_provider_that_was_never_reached_is_our_trouble_and_not_the_callers(issuer):
    verifier = Verifier("candour-local", "candour", "http://127.0.0.1:9/jwks")
    with pytest.raises(KeysUnavailable):
        verifier.actor(issuer.token("a.patel", []))


@pytest.mark.parametrize("address", ["http://idp.example/jwks", "ftp://x/y", "file:///etc/passwd"])
def test_keys_come_over_https_or_from_a_file_only(address):
    with pytest.raises(ConfigError, match="https"):
        Keys(address)
