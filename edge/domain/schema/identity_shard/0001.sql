-- One of an identity pool's N shards: the identities whose ids name it, and the logins whose hash falls here.

CREATE TABLE identity (
  id TEXT PRIMARY KEY,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The logins an identity holds: the truth that claims point to, here or on another shard.
CREATE TABLE login (
  identity TEXT NOT NULL REFERENCES identity (id) ON DELETE CASCADE,
  provider TEXT NOT NULL,
  subject TEXT NOT NULL,
  PRIMARY KEY (identity, provider)
) STRICT, WITHOUT ROWID;

-- Which identity a login belongs to, on the shard of the login's hash.
CREATE TABLE login_claim (
  provider TEXT NOT NULL,
  subject TEXT NOT NULL,
  identity TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (provider, subject)
) STRICT, WITHOUT ROWID;
