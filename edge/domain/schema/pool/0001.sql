-- A user pool's or identity pool's configuration.

-- Whole documents, JSON: `pool` is the configuration itself.
CREATE TABLE document (
  name TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- App clients.
CREATE TABLE client (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Token signing keys; `private` is sealed PKCS #8.
CREATE TABLE signing_key (
  kid TEXT PRIMARY KEY,
  signs TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  public TEXT NOT NULL,
  private BLOB NOT NULL,
  created INTEGER NOT NULL,
  retired INTEGER
) STRICT, WITHOUT ROWID;

-- Classic hosted UI customization: one row a client, or `ALL`.
CREATE TABLE branding (
  client TEXT PRIMARY KEY,
  source TEXT,
  sheet TEXT,
  image_kind TEXT,
  -- In pixels.
  image_width INTEGER,
  image_height INTEGER,
  image BLOB,
  version TEXT NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
