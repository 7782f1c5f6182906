"""A bucket behind the gate, by boto3's S3 client, unencrypted and by TLS."""

import json
import os
import ssl
import unittest
import urllib.request

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.exceptions import ClientError

from deployment import name

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
BUCKET = "photos"
# A client that waits for an answer that does not come should not wait for long. Addresses are presigned by the old
# signature unless the new one is asked for.
CONFIG = Config(
    read_timeout=20,
    retries={"total_max_attempts": 1},
    s3={"addressing_style": "path"},
    signature_version="s3v4",
)


def gate(method, document=None):
    """Reads or writes the gate document as the operator."""
    body = None if document is None else json.dumps(document).encode()
    request = AWSRequest(method, f"{ENDPOINT}/_tidegate/gate", data=body)
    session = boto3.Session()
    SigV4Auth(session.get_credentials(), "tidegate", session.region_name).add_auth(request)
    sent = urllib.request.Request(request.url, data=body, headers=dict(request.headers), method=method)
    with urllib.request.urlopen(sent, timeout=30) as answer:
        return json.load(answer)


def setUpModule():
    upstream = {"kind": "bucket", "bucket": BUCKET, "binding": "BUCKET_DEMO"}
    route = {"id": BUCKET, "match": {"path": f"/s3/{BUCKET}/*"}, "auth": {"kind": "iam"}, "upstream": upstream}
    gate("PUT", {"version": gate("GET")["version"], "routes": [route]})


class Objects:
    def test_an_object_comes_back_as_it_was_put(self):
        key, body = name("object"), os.urandom(300_000)
        put = self.s3.put_object(Bucket=BUCKET, Key=key, Body=body, ContentType="image/png", Metadata={"place": "sea"})
        found = self.s3.get_object(Bucket=BUCKET, Key=key)
        self.assertEqual(found["Body"].read(), body)
        self.assertEqual((found["ContentType"], found["Metadata"]), ("image/png", {"place": "sea"}))
        self.assertEqual(found["ETag"], put["ETag"])
        self.assertEqual(self.s3.head_object(Bucket=BUCKET, Key=key)["ContentLength"], len(body))

    def test_objects_are_listed_and_deleted(self):
        folder = name("folder")
        for leaf in ("a", "b", "deep/c"):
            self.s3.put_object(Bucket=BUCKET, Key=f"{folder}/{leaf}", Body=leaf.encode())
        pages = self.s3.get_paginator("list_objects_v2").paginate(
            Bucket=BUCKET, Prefix=f"{folder}/", PaginationConfig={"PageSize": 2}
        )
        listed = [each["Key"] for page in pages for each in page["Contents"]]
        self.assertEqual(listed, [f"{folder}/{leaf}" for leaf in ("a", "b", "deep/c")])
        self.s3.delete_object(Bucket=BUCKET, Key=listed[0])
        with self.assertRaises(self.s3.exceptions.NoSuchKey):
            self.s3.get_object(Bucket=BUCKET, Key=listed[0])

    def test_a_bucket_that_is_not_here_is_said_so_in_words_that_clients_read(self):
        for ask in (self.s3.list_buckets, lambda: self.s3.list_objects_v2(Bucket="elsewhere")):
            with self.assertRaises(ClientError) as raised:
                ask()
            self.assertEqual(raised.exception.response["Error"]["Code"], "NoSuchBucket")

    def test_a_body_is_refused_before_it_is_stored(self):
        key = name("object")
        with self.assertRaises(ClientError) as refused:
            self.s3.put_object(Bucket=BUCKET, Key=key, Body=b"sent", ChecksumSHA256="A" * 43 + "=")
        self.assertEqual(refused.exception.response["ResponseMetadata"]["HTTPStatusCode"], 400)
        with self.assertRaises(ClientError) as missing:
            self.s3.head_object(Bucket=BUCKET, Key=key)
        self.assertEqual(missing.exception.response["ResponseMetadata"]["HTTPStatusCode"], 404)

    def test_a_presigned_address_opens_one_object(self):
        key = name("object")
        self.s3.put_object(Bucket=BUCKET, Key=key, Body=b"shared")
        url = self.s3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": key})
        context = None if self.verify is None else ssl.create_default_context(cafile=self.verify)
        with urllib.request.urlopen(url, timeout=30, context=context) as answer:
            self.assertEqual(answer.read(), b"shared")


class Unencrypted(Objects, unittest.TestCase):
    verify = None
    s3 = boto3.client("s3", endpoint_url=f"{ENDPOINT}/s3", config=CONFIG)


class ByTls(Objects, unittest.TestCase):
    verify = os.environ["TIDEGATE_CA"]
    s3 = boto3.client("s3", endpoint_url=f"{os.environ['TIDEGATE_TLS']}/s3", verify=verify, config=CONFIG)


if __name__ == "__main__":
    unittest.main()
