// What the Worker finds in its environment, for both local runtimes. `wrangler.toml` says the same for Cloudflare,
// without what is local.

export const COMPATIBILITY_DATE = "2026-04-01";

/** The Worker's name; with a class name it addresses that class's objects on disk. */
export const NAME = "tidegate";

/** Durable Objects: binding → class. */
export const OBJECTS = {
  ACCOUNT: "Account",
  POOL: "Pool",
  USER_SHARD: "UserShard",
  IDENTITY_SHARD: "IdentityShard",
};

/** Exists in local runs only. */
export const LOCAL_OBJECTS = { OUTBOX: "Outbox" };

/** R2 buckets of a local run: binding → bucket. */
export const BUCKETS = { BUCKET_DEMO: "demo" };

/** The objects of one run. */
export const objects = (local) => (local ? { ...OBJECTS, ...LOCAL_OBJECTS } : OBJECTS);

/**
 * Variables and secrets of one run. `argon2` is `memory in KiB,passes,lanes`; `shards` is how many user shards a
 * new pool gets; `extra` adds or replaces, and removes by `undefined`.
 */
export function variables({ endpoint, tlsEndpoint, secrets, local, argon2, shards, extra = {} }) {
  const all = {
    TIDEGATE_ORIGIN: endpoint,
    TIDEGATE_TLS_ORIGIN: tlsEndpoint,
    TIDEGATE_REGION: secrets.region,
    TIDEGATE_ACCOUNT_ID: secrets.accountId,
    TIDEGATE_LOCAL: local ? "1" : undefined,
    TIDEGATE_ARGON2: argon2,
    TIDEGATE_SHARDS: shards?.toString(),
    TIDEGATE_MASTER_SECRET: secrets.masterSecret,
    TIDEGATE_PREVIOUS_SECRETS: secrets.previousSecrets?.length ? JSON.stringify(secrets.previousSecrets) : undefined,
    TIDEGATE_OPERATOR_KEYS: JSON.stringify(secrets.operators),
    ...extra,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
