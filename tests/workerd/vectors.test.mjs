// Project Wycheproof's signatures, valid and forged, verified by what verifies tokens in the Worker: the runtime's
// WebCrypto. The native backend answers the same vectors in `edge/domain/src/jose/tests/wycheproof.rs`.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { ROOT } from "../../edge/build/prepare.mjs";
import { RUNTIMES, startSeams } from "./launch-seams.mjs";

const SETS = [
  { name: "ecdsa_secp256r1_sha256_p1363", algorithm: "ES256", cases: 262 },
  { name: "rsa_signature_2048_sha256", algorithm: "RS256", cases: 259 },
  { name: "rsa_signature_2048_sha512", algorithm: "RS512", cases: 259 },
  { name: "rsa_signature_4096_sha256", algorithm: "RS256", cases: 258 },
  { name: "rsa_signature_4096_sha512", algorithm: "RS512", cases: 259 },
];

const vectors = crate("wycheproof");

for (const runtime of Object.keys(RUNTIMES)) {
  describe(`on ${runtime}`, async () => {
    const running = await startSeams(runtime);
    after(() => running.stop());
    const verify = (ask) => running.get("/_seam/verify", { method: "POST", body: JSON.stringify(ask) });

    for (const { name, algorithm, cases } of SETS) {
      test(`${name} is answered as Wycheproof does`, async () => {
        const { testGroups } = JSON.parse(readFileSync(join(vectors, `src/data/${name}_test.json`), "utf8"));
        const wrong = [];
        let seen = 0;
        for (const { publicKey, tests } of testGroups) {
          const asked = tests.map(({ msg, sig }) => ({ message: base64url(msg), signature: base64url(sig) }));
          const { status, text } = await verify({ key: jwk(publicKey), algorithm, cases: asked });
          assert.equal(status, 200, text);
          const verdicts = JSON.parse(text);
          assert.equal(verdicts.length, tests.length);
          // What is merely acceptable (a DER form that is not the canonical one) is refused, natively too.
          wrong.push(...tests.filter(({ result }, at) => verdicts[at] !== (result === "valid")));
          seen += tests.length;
        }
        assert.deepEqual(wrong, []);
        assert.equal(seen, cases);
      });
    }

    test("a key takes no signature of another algorithm", async () => {
      const path = join(vectors, "src/data/ecdsa_secp256r1_sha256_p1363_test.json");
      const key = jwk(JSON.parse(readFileSync(path, "utf8")).testGroups[0].publicKey);
      const { status, text } = await verify({ key, algorithm: "RS256", cases: [{ message: "", signature: "" }] });
      assert.deepEqual({ status, text }, { status: 400, text: "the key cannot be used with this algorithm" });
    });
  });
}

/** Where cargo keeps the sources of a crate that this workspace depends on. */
function crate(name) {
  const asked = spawnSync("cargo", ["metadata", "--format-version", "1", "--locked"], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 64 << 20,
  });
  assert.equal(asked.status, 0, asked.stderr ?? String(asked.error));
  return dirname(JSON.parse(asked.stdout).packages.find((found) => found.name === name).manifest_path);
}

function jwk({ uncompressed, modulus, publicExponent }) {
  if (modulus) return { kty: "RSA", n: integer(modulus), e: integer(publicExponent) };
  // 04 ‖ x ‖ y
  return { kty: "EC", crv: "P-256", x: base64url(uncompressed.slice(2, 66)), y: base64url(uncompressed.slice(66)) };
}

/** RFC 7518 §2: no leading zero. */
function integer(hex) {
  return base64url(hex.replace(/^(00)+/, ""));
}

function base64url(hex) {
  return Buffer.from(hex, "hex").toString("base64url");
}
