"""The issuer of tokens on a developer's machine. It cannot be made in production."""

import json
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from shared.chassis.config import Config, ConfigError
from shared.chassis.identity import SMALLEST_KEY, NotAuthenticated, actor_of


class LocalIssuer:
    """Signs tokens on a developer's machine, with a key that is made on first use and kept in `folder`.

    Several processes may start at once: the first to write the key wins, the others take that one. It cannot
    be made in production, where the organisation's own identity provider issues the tokens.
    """

    def __init__(self, folder: Path, *, env: str, issuer: str = "candour-local", audience: str = "candour") -> None:
        if env == "production":
            raise ConfigError(
                ["the local token issuer does not run in production: get tokens from your identity provider"]
            )
        self._issuer = issuer
        self._audience = audience
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._key = _own_key(folder / "key.pem")
        public = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        self._kid = sha256(json.dumps({"e": public["e"], "kty": "RSA", "n": public["n"]}).encode()).hexdigest()
        published = {"keys": [{**public, "kid": self._kid, "use": "sig", "alg": "RS256", "key_ops": ["verify"]}]}
        self.public_keys = json.dumps(published, indent=1).encode()
        _write(folder / "jwks.json", self.public_keys, replace=True)

    @classmethod
    def of(cls, config: Config) -> "LocalIssuer":
        """The issuer whose keys `OIDC_JWKS` names by default."""
        return cls(
            config.state / "identity",
            env=config.env,
            issuer=config.oidc_issuer,
            audience=config.oidc_audience,
        )

    def token(
        self,
        person: str,
        roles: Iterable[str],
        party: str | None = None,
        lifetime: timedelta = timedelta(hours=8),
    ) -> str:
        """A signed token. Raises `ValueError` where an id is not of the safe pattern."""
        claims: dict[str, Any] = {"sub": person, "roles": sorted(roles)}
        if party is not None:
            claims["party"] = party
        try:
            actor_of(claims)
        except NotAuthenticated as refusal:
            raise ValueError(str(refusal)) from None
        now = datetime.now(UTC)
        claims |= {
            "iss": self._issuer,
            "aud": self._audience,
            "iat": now,
            "exp": now + lifetime,
            "jti": str(uuid4()),
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": self._kid})


def _own_key(path: Path) -> rsa.RSAPrivateKey:
    if not path.exists():
        made = rsa.generate_private_key(public_exponent=65537, key_size=SMALLEST_KEY)
        pem = made.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with suppress(FileExistsError):
            _write(path, pem, replace=False)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def _write(path: Path, content: bytes, *, replace: bool) -> None:
    """Write a whole file at once, mode 600; without `replace`, `FileExistsError` when it is there already."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as new:
        os.fchmod(new.fileno(), stat.S_IRUSR | stat.S_IWUSR)
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    try:
        if replace:
            os.replace(new.name, path)
        else:
            os.link(new.name, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(new.name)
