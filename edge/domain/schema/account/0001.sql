-- What belongs to the deployment as a whole.

-- One row. `version` grows with each change of anything below.
CREATE TABLE account (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  gate_version INTEGER NOT NULL,
  -- The gate document, JSON; empty before the first.
  gate TEXT NOT NULL
) STRICT;
INSERT INTO account (id, version, gate_version, gate) VALUES (1, 0, 0, '');

-- User pools and identity pools.
CREATE TABLE pool (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Hosted prefixes; one a pool.
CREATE TABLE domain (
  name TEXT PRIMARY KEY,
  pool TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX domain_pool ON domain (pool);

CREATE TABLE role (
  -- Two roles may not differ in case alone.
  name TEXT PRIMARY KEY COLLATE NOCASE,
  id TEXT NOT NULL,
  trust TEXT NOT NULL,
  description TEXT,
  max_session INTEGER NOT NULL,
  created INTEGER NOT NULL,
  -- Sessions issued before this time are over.
  revoked_before INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Inline policies, to the character as they were given.
CREATE TABLE role_policy (
  role TEXT NOT NULL COLLATE NOCASE REFERENCES role (name),
  name TEXT NOT NULL COLLATE NOCASE,
  document TEXT NOT NULL,
  PRIMARY KEY (role, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE bucket (
  name TEXT PRIMARY KEY,
  binding TEXT NOT NULL
) STRICT, WITHOUT ROWID;
