// Makes the demo of a local run through the public API, as any client would.

/**
 * Called once the deployment at `endpoint` answers, unless its demo is there already. `previous` is what an earlier
 * start returned, at another endpoint, or null. Answers what the demo site and `--json` need: `site`, `userPoolId`,
 * `clientId`, `identityPoolId`, `bucket`, `s3Endpoint`, `jwtRoute`, `sessionRoute`; and `signIn`, the hosted page.
 */
export async function seed({ endpoint, region, accessKeyId, secretAccessKey, previous }) {
  return null;
}
