// The gate's document, as an operator reads and writes it.
import assert from "node:assert/strict";
import { AwsClient } from "aws4fetch";

/** The document of one deployment. */
export function gateOf({ endpoint, operator, region }) {
  const url = `${endpoint}/_tidegate/gate`;
  const signer = new AwsClient({ ...operator, region, service: "tidegate", retries: 0 });
  const ask = async (init) => {
    const answer = await signer.fetch(url, init);
    return { status: answer.status, body: await answer.text() };
  };
  const put = (document) => ask({ method: "PUT", body: JSON.stringify(document) });
  const read = async () => {
    const { status, body } = await ask();
    assert.equal(status, 200, body);
    return JSON.parse(body);
  };
  return {
    url,
    read,
    /** Asks for it, or writes it; answers what was said to that. */
    ask,
    put,
    /** Adds routes after those that are there. */
    async add(...routes) {
      const { version, routes: before } = await read();
      const { status, body } = await put({ version, routes: [...before, ...routes] });
      assert.equal(status, 200, body);
    },
    /** Puts routes in place of those that are there. */
    async replace(...routes) {
      const { version } = await read();
      const { status, body } = await put({ version, routes });
      assert.equal(status, 200, body);
    },
  };
}
