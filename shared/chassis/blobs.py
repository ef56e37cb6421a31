"""Documents, kept by the digest of their bytes: what has a digest can be neither changed nor confused.

Events carry the digest, media type, size and name; the bytes stay here.
"""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class Blob:
    """A stored document. `size` is in bytes."""

    digest: str
    media_type: str
    size: int
    name: str


class BlobMissing(Exception):
    """No document with this digest is in the store."""


class BlobChanged(Exception):
    """The stored bytes no longer have the digest that they are kept under: the store was tampered with or is broken."""


class Blobs(Protocol):
    def put(self, data: bytes, *, media_type: str, name: str) -> Blob:
        """Store the bytes durably; storing the same bytes again is harmless."""

    def get(self, digest: str) -> bytes:
        """The bytes, checked against the digest. Raises `BlobMissing` or `BlobChanged`."""


def open_blobs(url: str, area: str) -> Blobs:
    """The store at `url` (a folder or s3://bucket/prefix), in an area of its own."""
    if url.startswith("s3://"):
        parts = urlsplit(url)
        return S3Blobs(parts.netloc, f"{parts.path.strip('/')}/{area}".lstrip("/"))
    return FolderBlobs(Path(url) / area)


class FolderBlobs:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes, *, media_type: str, name: str) -> Blob:
        digest = sha256(data).hexdigest()
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(path)
        return Blob(digest=digest, media_type=media_type, size=len(data), name=name)

    def get(self, digest: str) -> bytes:
        try:
            data = self._path(digest).read_bytes()
        except FileNotFoundError:
            raise BlobMissing(digest) from None
        return _checked(data, digest)

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


class S3Blobs:
    """Amazon S3 or what speaks its language; credentials and endpoint come from the AWS settings."""

    def __init__(self, bucket: str, prefix: str) -> None:
        self._bucket = bucket
        self._prefix = prefix
        self._opened: Any = None

    def put(self, data: bytes, *, media_type: str, name: str) -> Blob:
        digest = sha256(data).hexdigest()
        self._client().put_object(
            Bucket=self._bucket, Key=f"{self._prefix}/{digest}", Body=data, ContentType=media_type
        )
        return Blob(digest=digest, media_type=media_type, size=len(data), name=name)

    def get(self, digest: str) -> bytes:
        client = self._client()
        try:
            data = client.get_object(Bucket=self._bucket, Key=f"{self._prefix}/{digest}")["Body"].read()
        except client.exceptions.NoSuchKey:
            raise BlobMissing(digest) from None
        return _checked(data, digest)

    def _client(self) -> Any:
        if self._opened is None:
            import boto3  # heavy, and wanted only where this store is used

            self._opened = boto3.client("s3")
        return self._opened


def _checked(data: bytes, digest: str) -> bytes:
    if sha256(data).hexdigest() != digest:
        raise BlobChanged(digest)
    return data
