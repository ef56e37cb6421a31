"""A document is kept by the digest of its bytes, in a folder or in S3, and what was changed is not handed out."""

from hashlib import sha256

import boto3
import pytest
from moto import mock_aws

from shared.chassis.blobs import BlobChanged, BlobMissing, FolderBlobs, S3Blobs, open_blobs

TEXT = b"date,count\n2026-06-15,3\n"
DIGEST = sha256(TEXT).hexdigest()


@pytest.fixture(params=["folder", "s3"])
def blobs(request, tmp_path, monkeypatch):
    if request.param == "folder":
        yield open_blobs(str(tmp_path / "blobs"), "shared")
        return
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
    with mock_aws():
        boto3.client("s3").create_bucket(
            Bucket="documents", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
        )
        yield open_blobs("s3://documents/candour", "shared")


def test_a_document_is_kept_and_given_back(blobs):
    blob = blobs.put(TEXT, media_type="text/csv", name="counts.csv")
    assert (blob.digest, blob.size, blob.media_type, blob.name) == (DIGEST, len(TEXT), "text/csv", "counts.csv")
    assert blobs.get(DIGEST) == TEXT


def test_storing_the_same_bytes_again_is_harmless(blobs):
    assert blobs.put(TEXT, media_type="text/csv", name="a.csv").digest == DIGEST
    assert blobs.put(TEXT, media_type="text/csv", name="b.csv").name == "b.csv"
    assert blobs.get(DIGEST) == TEXT


def test_an_empty_document_is_a_document(blobs):
    assert blobs.get(blobs.put(b"", media_type="text/plain", name="empty.txt").digest) == b""


def test_a_document_that_was_never_stored_is_missing(blobs):
    with pytest.raises(BlobMissing):
        blobs.get("0" * 64)


def test_bytes_that_were_changed_in_the_folder_are_not_handed_out(tmp_path):
    blobs = FolderBlobs(tmp_path)
    blobs.put(TEXT, media_type="text/csv", name="counts.csv")
    (kept,) = (path for path in tmp_path.rglob("*") if path.is_file())
    kept.write_bytes(TEXT + b"2026-06-16,99\n")
    with pytest.raises(BlobChanged):
        blobs.get(DIGEST)


@mock_aws
def test_bytes_that_were_changed_in_s3_are_not_handed_out(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    boto3.client("s3").create_bucket(Bucket="documents")
    blobs = S3Blobs("documents", "x")
    blobs.put(TEXT, media_type="text/csv", name="counts.csv")
    boto3.client("s3").put_object(Bucket="documents", Key=f"x/{DIGEST}", Body=b"other")
    with pytest.raises(BlobChanged):
        blobs.get(DIGEST)


def test_areas_of_one_store_do_not_see_each_other(tmp_path):
    private = open_blobs(str(tmp_path), "private-intake")
    private.put(TEXT, media_type="text/csv", name="counts.csv")
    with pytest.raises(BlobMissing):
        open_blobs(str(tmp_path), "shared").get(DIGEST)


def test_a_write_that_was_cut_short_leaves_no_document(tmp_path, monkeypatch):
    def fail(_descriptor):
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="no space"):
        FolderBlobs(tmp_path).put(TEXT, media_type="text/csv", name="counts.csv")
    with pytest.raises(BlobMissing):
        FolderBlobs(tmp_path).get(DIGEST)
