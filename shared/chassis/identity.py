"""Who is asking: OpenID Connect access tokens, checked against their issuer's keys.

Tokens are judged by the machine's clock, not by the injected one: a demonstration that is set on a past day
still has tokens that run out.
"""

import json
import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import jwt

from shared.chassis.config import Config, ConfigError
from shared.chassis.errors import Problem

_logger = logging.getLogger(__name__)

OPAQUE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)
"""What the id of a person, a role or a party may look like. An e-mail address does not fit: ids go into events."""

SYSTEM_ROLE = "system"
"""The role of Candour's own processes. No token may claim it."""

LONGEST_TOKEN = 8_192
REMEMBERED = 60.0
"""Seconds."""
REMEMBERED_TOKENS = 1_000
SMALLEST_KEY = 2_048


class NotAuthenticated(Problem):
    """There is no valid token. The message says what is wrong with it and never quotes it."""


class KeysUnavailable(Exception):
    """The issuer's keys cannot be had, so no token can be judged."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an opaque id, the roles held, the party acted for, and the role that permitted this act."""

    id: str
    roles: frozenset[str]
    party: str | None = None
    role: str = ""

    @classmethod
    def of_service(cls, name: str) -> "Actor":
        """A service that acts by itself: on an event, or because something fell due."""
        return cls(id=name, roles=frozenset({SYSTEM_ROLE}), role=SYSTEM_ROLE)

    def acting_as(self, role: str) -> "Actor":
        return Actor(self.id, self.roles, self.party, role)


class Keys:
    """An issuer's public keys (JWKS) by `kid`, from a file or an https address.

    They are read again when they are older than `oldest` seconds, so that a withdrawn key goes, and when a `kid`
    is not known, but no more often than every `pause` seconds, so that invented ones cause no flood.
    """

    def __init__(
        self,
        source: str | Path,
        *,
        pause: float = 10,
        oldest: float = 600,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._source = str(source)
        self._from_address = "://" in self._source
        if self._from_address and not _trustworthy(self._source):
            raise ConfigError([f"OIDC_JWKS must be an https address or a file, not {self._source}"])
        self._pause = pause if self._from_address else min(pause, 1)
        self._oldest = oldest
        self._now = now
        self._keys: dict[str, jwt.PyJWK] = {}
        self._read_at = float("-inf")
        self._reading = Lock()

    def find(self, kid: str) -> jwt.PyJWK:
        """The key, or `NotAuthenticated`; `KeysUnavailable` where no key could be read yet."""
        if kid not in self._keys:
            with self._reading:
                self._renew(kid)
        elif self._age() >= self._oldest and self._reading.acquire(blocking=False):
            try:
                self._renew(kid)
            finally:
                self._reading.release()
        if self._from_address and not self._keys:
            raise KeysUnavailable("the issuer's keys cannot be read")
        try:
            return self._keys[kid]
        except KeyError:
            raise NotAuthenticated("The token is signed with a key that is not the issuer's.") from None

    def _age(self) -> float:
        return self._now() - self._read_at

    def _renew(self, kid: str) -> None:
        """Read the keys, unless another thread has done so while this one waited."""
        if self._age() < (self._oldest if kid in self._keys else self._pause):
            return
        try:
            self._keys = _usable(json.loads(self._fetch()))
        except (OSError, ValueError, TypeError, LookupError, AttributeError, jwt.PyJWTError) as error:
            # The keys known so far stay good: an identity provider that is away stops nobody who has a token.
            _logger.warning("the issuer's keys could not be read", exc_info=error)
        self._read_at = self._now()

    def _fetch(self) -> bytes:
        if not self._from_address:
            return Path(self._source).read_bytes()
        with urlopen(self._source, timeout=3) as answer:  # noqa: S310 (the scheme is checked when built)
            if not _trustworthy(answer.url):
                raise ValueError("led to an address that is not https")
            return bytes(answer.read(1_000_000))


class Verifier:
    """Checks access tokens: RS256 by `kid`, issuer, audience and times; takes the claims `roles` and `party`."""

    def __init__(
        self,
        issuer: str,
        audience: str,
        jwks: str | Path,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._issuer = issuer
        self._audience = audience
        self._keys = Keys(jwks, now=now)
        self._now = now
        self._seen: dict[bytes, tuple[float, Actor]] = {}

    @classmethod
    def of(cls, config: Config) -> "Verifier":
        return cls(config.oidc_issuer, config.oidc_audience, config.filled(config.oidc_jwks))

    def actor(self, token: str) -> Actor:
        """Who holds this token. Raises `NotAuthenticated` or `KeysUnavailable`.

        Checking a signature costs more than all else in a small request, so an answer is remembered for a
        minute and never beyond the token's end.
        """
        if len(token) > LONGEST_TOKEN:
            raise NotAuthenticated("The token is too long.")
        digest = sha256(token.encode("utf-8", "replace")).digest()
        known = self._seen.get(digest)
        now = self._now()
        if known is not None and now < known[0]:
            return known[1]
        claims = self._claims(token)
        actor = actor_of(claims)
        if len(self._seen) >= REMEMBERED_TOKENS:
            self._seen = {}
        self._seen[digest] = (min(now + REMEMBERED, claims["exp"]), actor)
        return actor

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") != "RS256":
                raise NotAuthenticated("The token must be signed with RS256.")
            return jwt.decode(
                token,
                self._keys.find(header.get("kid", "")),
                algorithms=["RS256"],
                audience=self._audience,
                issuer=self._issuer,
                options={"require": ["exp", "iss", "aud", "sub"], "verify_iat": False},
            )
        except jwt.ExpiredSignatureError:
            raise NotAuthenticated("The token has run out. Get a new one.") from None
        except jwt.InvalidAudienceError:
            raise NotAuthenticated("The token is not meant for Candour.") from None
        except (jwt.PyJWTError, ValueError, TypeError):
            raise NotAuthenticated("The token is not valid.") from None


def actor_of(claims: Mapping[str, Any]) -> Actor:
    """The actor that a token's claims describe, or `NotAuthenticated`."""
    person, roles, party = claims["sub"], claims.get("roles", []), claims.get("party")
    if not _opaque(person):
        raise NotAuthenticated("The token's 'sub' must be an opaque id of a-z 0-9 . _ - (no e-mail address).")
    if not isinstance(roles, list) or len(roles) > 50 or not all(_opaque(role) for role in roles):
        raise NotAuthenticated("The token's 'roles' must be a list of role names.")
    if SYSTEM_ROLE in roles:
        raise NotAuthenticated("The role 'system' belongs to Candour's own processes.")
    if party is not None and not _opaque(party):
        raise NotAuthenticated("The token's 'party' must be an opaque id of a-z 0-9 . _ -.")
    if "party" in roles and party is None:
        raise NotAuthenticated("A token with the role 'party' must name the party in its claim 'party'.")
    return Actor(person, frozenset(roles), party)


def _opaque(value: Any) -> bool:
    return isinstance(value, str) and OPAQUE.fullmatch(value) is not None


def _trustworthy(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost"))


def _usable(published: dict[str, Any]) -> dict[str, jwt.PyJWK]:
    """The keys that can check RS256; any other that the issuer publishes is not for us."""
    keys = {}
    for entry in published["keys"]:
        fits = entry.get("kty") == "RSA" and entry.get("use", "sig") == "sig" and entry.get("alg", "RS256") == "RS256"
        if not fits or not isinstance(entry.get("kid"), str):
            continue
        try:
            key = jwt.PyJWK(entry, algorithm="RS256")
        except (jwt.PyJWTError, ValueError):
            continue
        if key.key.key_size >= SMALLEST_KEY:
            keys[entry["kid"]] = key
    return keys
