// TLS for a local run: a certificate authority kept in the state folder, a fresh server certificate at each start,
// and a server that hands requests on as they are, so that nothing is buffered, renamed or re-signed.
import { webcrypto } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
// x509 asks for it at load time.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { forwardTo, PASSING } from "./forward.mjs";
import { Unready } from "./prepare.mjs";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY = 86_400_000;

x509.cryptoProvider.set(webcrypto);

const keys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
const serial = () => Buffer.from(webcrypto.getRandomValues(new Uint8Array(16))).toString("hex").replace(/^./, "4");
const span = (days) => ({ notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + days * DAY) });

async function pem(key) {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

/** The authority in `ca.pem` and `ca-key.pem`, made where it is missing. */
async function authority(state) {
  const [file, keyFile] = [state.file("ca.pem"), state.file("ca-key.pem")];
  if (existsSync(file) && existsSync(keyFile)) {
    try {
      const der = x509.PemConverter.decodeFirst(readFileSync(keyFile, "utf8"));
      const signingKey = await webcrypto.subtle.importKey("pkcs8", der, ALGORITHM, false, ["sign"]);
      return { file, signingKey, certificate: new x509.X509Certificate(readFileSync(file, "utf8")) };
    } catch {
      throw new Unready(`\`${file}\` or \`${keyFile}\` is broken: remove both, and trust the authority that is made then`);
    }
  }
  // The certificate comes last and whole: where it is, the key is its own.
  rmSync(file, { force: true });
  const pair = await keys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: "CN=Tidegate local authority",
    ...span(3650),
    keys: pair,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(pair.publicKey),
    ],
  });
  writeFileSync(keyFile, await pem(pair.privateKey), { mode: 0o600 });
  writeFileSync(`${file}.new`, `${certificate.toString("pem")}\n`);
  renameSync(`${file}.new`, file);
  return { file, signingKey: pair.privateKey, certificate };
}

async function serverCertificate({ certificate: issuer, signingKey }) {
  const pair = await keys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: "CN=localhost",
    issuer: issuer.subject,
    ...span(90),
    signingKey,
    publicKey: pair.publicKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "ip", value: "127.0.0.1" },
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(pair.publicKey),
    ],
  });
  return { cert: `${certificate.toString("pem")}\n${issuer.toString("pem")}`, key: await pem(pair.privateKey) };
}

/**
 * Listens on `port` and hands requests on to `to`; answers the authority's file and a way to stop. A client that asks
 * before it sends is told to go on (RFC 9110 §10.1.1), which workerd leaves out: boto3 would wait a minute for it here,
 * because TLS 1.3's session tickets look to it like the beginning of an answer.
 */
export async function terminate(state, { port, to }) {
  const issuer = await authority(state);
  const forward = forwardTo(to);
  const server = createServer({ ...PASSING, ...(await serverCertificate(issuer)) }, forward);
  server.maxHeadersCount = 0;
  server.on("checkContinue", (request, response) => {
    response.writeContinue();
    forward(request, response);
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    ca: issuer.file,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
