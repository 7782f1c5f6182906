// The AWS S3 client before a bucket behind the gate.
import assert from "node:assert/strict";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { before, test } from "node:test";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AwsClient } from "aws4fetch";
import { swap } from "../../public/demo/credentials.js";
import { ONCE, start } from "./instance.mjs";
import { makePerson, signIn } from "./pool.mjs";

const instance = await start({ seeded: true });
const { demo, region } = instance;
const Bucket = demo.bucket;

let ada, eve;

async function person() {
  const email = `${randomUUID()}@example.com`;
  await makePerson(instance, demo, email, { email, email_verified: "true" });
  const { IdToken } = await signIn(instance, demo, email);
  const credentials = await swap({ ...instance, ...demo }, IdToken);
  const options = { endpoint: demo.s3Endpoint, region, credentials, forcePathStyle: true, ...ONCE };
  const s3 = new S3Client(options);
  return {
    credentials,
    options,
    s3,
    key: (name) => `${credentials.identityId}/${name}`,
    async put(name, Body, more = {}) {
      return s3.send(new PutObjectCommand({ Bucket, Key: this.key(name), Body, ...more }));
    },
    async get(name, more = {}) {
      return s3.send(new GetObjectCommand({ Bucket, Key: this.key(name), ...more }));
    },
    async bytes(name, more) {
      return Buffer.from(await (await this.get(name, more)).Body.transformToByteArray());
    },
  };
}

const status = (code) => (error) => error.$metadata?.httpStatusCode === code;

before(async () => {
  [ada, eve] = [await person(), await person()];
});

test("an object comes back as it was put", async () => {
  const body = randomBytes(100_000);
  const { ETag } = await ada.put("photo.png", body, { ContentType: "image/png", Metadata: { place: "the sea" } });
  const found = await ada.get("photo.png");
  assert.deepEqual(Buffer.from(await found.Body.transformToByteArray()), body);
  assert.equal(found.ContentType, "image/png");
  assert.equal(found.ContentLength, body.length);
  assert.deepEqual(found.Metadata, { place: "the sea" });
  assert.equal(found.ETag, ETag);
  const head = await ada.s3.send(new HeadObjectCommand({ Bucket, Key: ada.key("photo.png") }));
  assert.equal(head.ContentLength, body.length);
  assert.equal(head.ETag, ETag);
});

test("an empty object is an object", async () => {
  await ada.put("empty", "");
  assert.equal((await ada.bytes("empty")).length, 0);
});

test("a stream is taken in signed or unsigned chunks, with its checksum in the trailer", async () => {
  const body = randomBytes(1_000_000);
  const chunks = Array.from({ length: 10 }, (_, index) => body.subarray(index * 100_000, (index + 1) * 100_000));
  for (const ChecksumAlgorithm of ["CRC32", "CRC32C", "SHA1", "SHA256", "CRC64NVME"]) {
    const name = `stream-${ChecksumAlgorithm}`;
    await ada.put(name, Readable.from(chunks), { ContentLength: body.length, ChecksumAlgorithm });
    assert.deepEqual(await ada.bytes(name), body, ChecksumAlgorithm);
  }
});

test("a body that is not what its checksum says never becomes visible", async () => {
  const wrong = createHash("sha256").update("something else").digest("base64");
  await assert.rejects(ada.put("false", "what was sent", { ChecksumSHA256: wrong }), status(400));
  await assert.rejects(ada.get("false"), { name: "NoSuchKey" });
});

test("a failed overwrite leaves the old object", async () => {
  await ada.put("kept", "the first");
  const wrong = createHash("sha256").update("something else").digest("base64");
  await assert.rejects(ada.put("kept", "the second", { ChecksumSHA256: wrong }), status(400));
  assert.equal((await ada.bytes("kept")).toString(), "the first");
});

test("nobody reaches into another's folder", async () => {
  await ada.put("private", "for nobody else");
  const Key = ada.key("private");
  const refused = { name: "AccessDenied" };
  await assert.rejects(eve.s3.send(new GetObjectCommand({ Bucket, Key })), refused);
  await assert.rejects(eve.s3.send(new HeadObjectCommand({ Bucket, Key })), status(403));
  await assert.rejects(eve.s3.send(new PutObjectCommand({ Bucket, Key, Body: "overwritten" })), refused);
  await assert.rejects(eve.s3.send(new DeleteObjectCommand({ Bucket, Key })), refused);
  const Prefix = ada.key("");
  await assert.rejects(eve.s3.send(new ListObjectsV2Command({ Bucket, Prefix })), refused);
  await assert.rejects(eve.s3.send(new ListObjectsV2Command({ Bucket })), refused);
  assert.equal((await ada.bytes("private")).toString(), "for nobody else");
});

test("a key with dots, spaces and percent signs is one key, and leads nowhere else", async () => {
  for (const name of ["a b+c.txt", "100%.txt", "ü/ö.txt", "a//b", "(1)!*'.txt", "q?x=1&y#z"]) {
    await ada.put(name, name);
    assert.equal((await ada.bytes(name)).toString(), name);
  }
  const climbing = `${eve.credentials.identityId}/../${ada.credentials.identityId}/private`;
  await assert.rejects(eve.s3.send(new GetObjectCommand({ Bucket, Key: climbing })), (error) =>
    ["AccessDenied", "NoSuchKey", "SignatureDoesNotMatch"].includes(error.name) || status(400)(error),
  );
});

test("a list has prefixes, delimiters and pages", async () => {
  for (const name of ["album/1", "album/2", "album/deep/3", "album/deep/4", "album/z"]) await ada.put(name, name);
  const Prefix = ada.key("album/");
  const list = (more) => ada.s3.send(new ListObjectsV2Command({ Bucket, Prefix, ...more }));
  const all = await list({});
  assert.deepEqual(
    all.Contents.map(({ Key, Size }) => [Key, Size]),
    ["1", "2", "deep/3", "deep/4", "z"].map((name) => [`${Prefix}${name}`, `album/${name}`.length]),
  );
  assert.equal(all.IsTruncated, false);
  const flat = await list({ Delimiter: "/" });
  assert.deepEqual(flat.Contents.map(({ Key }) => Key), ["1", "2", "z"].map((name) => Prefix + name));
  assert.deepEqual(flat.CommonPrefixes, [{ Prefix: `${Prefix}deep/` }]);
  const keys = [];
  let ContinuationToken;
  do {
    const page = await list({ MaxKeys: 2, ContinuationToken });
    assert.ok(page.KeyCount <= 2);
    keys.push(...page.Contents.map(({ Key }) => Key));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  assert.deepEqual(keys, all.Contents.map(({ Key }) => Key));
});

test("a range is a part", async () => {
  await ada.put("digits", "0123456789");
  const part = await ada.get("digits", { Range: "bytes=2-4" });
  assert.equal(await part.Body.transformToString(), "234");
  assert.equal(part.ContentRange, "bytes 2-4/10");
  await assert.rejects(ada.get("digits", { Range: "bytes=20-30" }), status(416));
});

test("a deleted object is gone, and deleting nothing is no error", async () => {
  await ada.put("gone", "soon");
  const Key = ada.key("gone");
  await ada.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  await assert.rejects(ada.get("gone"), { name: "NoSuchKey" });
  await ada.s3.send(new DeleteObjectCommand({ Bucket, Key }));
});

test("an address signed in advance opens one object until it lapses", async () => {
  await ada.put("shared", "for whoever has the address");
  const { accessKeyId, secretAccessKey, sessionToken } = ada.credentials;
  const signer = new AwsClient({ accessKeyId, secretAccessKey, sessionToken, region, service: "s3" });
  const presign = async (method, name, seconds) => {
    const path = ada.key(name).split("/").map(encodeURIComponent).join("/");
    const url = `${demo.s3Endpoint}/${Bucket}/${path}?X-Amz-Expires=${seconds}`;
    return (await signer.sign(url, { method, aws: { signQuery: true } })).url;
  };
  const opened = await fetch(await presign("GET", "shared", 60));
  assert.equal(opened.status, 200);
  assert.equal(await opened.text(), "for whoever has the address");
  const url = new URL(await presign("GET", "shared", 60));
  url.pathname = url.pathname.replace("shared", "photo.png");
  assert.equal((await fetch(url)).status, 403);
  const put = await fetch(await presign("PUT", "sent", 60), { method: "PUT", body: "by a stranger" });
  assert.equal(put.status, 200);
  assert.equal((await ada.bytes("sent")).toString(), "by a stranger");
});

test("a stranger's request is refused in S3's own words", async () => {
  const url = `${demo.s3Endpoint}/${Bucket}/${ada.key("photo.png")}`;
  const answer = await fetch(url);
  assert.equal(answer.status, 403);
  assert.match(await answer.text(), /<Code>AccessDenied<\/Code>/);
  const forged = new S3Client({
    ...ada.options,
    credentials: { ...ada.credentials, secretAccessKey: "x".repeat(40) },
  });
  const Key = ada.key("photo.png");
  await assert.rejects(forged.send(new GetObjectCommand({ Bucket, Key })), { name: "SignatureDoesNotMatch" });
});
