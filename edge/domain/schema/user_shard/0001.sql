-- One of a user pool's N shards: users whose `sub` falls here, and claims to names whose hash falls here.

CREATE TABLE user (
  sub TEXT PRIMARY KEY,
  username TEXT NOT NULL,
  status TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  -- PHC string of an Argon2id hash.
  password TEXT,
  -- When a temporary password stops working.
  password_expires INTEGER,
  -- Grows with each change of the password.
  credential INTEGER NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX user_username ON user (username, sub);
CREATE INDEX user_status ON user (status, sub);
CREATE INDEX user_enabled ON user (enabled, sub);

CREATE TABLE attribute (
  sub TEXT NOT NULL REFERENCES user (sub) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (sub, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX attribute_value ON attribute (name, value, sub);

-- The names a user holds: the truth that claims elsewhere point to.
CREATE TABLE name (
  sub TEXT NOT NULL REFERENCES user (sub) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (sub, kind)
) STRICT, WITHOUT ROWID;

-- Who claims a name, on the shard of the name's hash.
CREATE TABLE claim (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  sub TEXT NOT NULL,
  operation TEXT NOT NULL,
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

-- What became of an operation that claims names on other shards.
CREATE TABLE decision (
  operation TEXT PRIMARY KEY,
  outcome TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_at ON decision (at);

-- Password tries: settled failures, and tries in flight. A subject is a sub, or a name that nobody has.
CREATE TABLE lock (
  subject TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  until INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lock_at ON lock (at);
CREATE TABLE attempt (
  id TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  credential INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_subject ON attempt (subject, at);
CREATE INDEX attempt_at ON attempt (at);

-- How often something was done in the current window.
CREATE TABLE budget (
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  since INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (subject, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX budget_since ON budget (since);

-- Codes sent to a person, as MACs.
CREATE TABLE code (
  sub TEXT NOT NULL,
  purpose TEXT NOT NULL,
  mac TEXT NOT NULL,
  detail TEXT NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (sub, purpose)
) STRICT, WITHOUT ROWID;
CREATE INDEX code_expires ON code (expires);

-- Single-use ids that were used: challenge sessions.
CREATE TABLE spent (
  id TEXT PRIMARY KEY,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX spent_expires ON spent (expires);

-- A sign-in and all tokens born from it. `id` is the tokens' `origin_jti`.
CREATE TABLE family (
  id TEXT PRIMARY KEY,
  sub TEXT NOT NULL,
  client TEXT NOT NULL,
  scope TEXT NOT NULL,
  auth_time INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  ended INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX family_sub ON family (sub, expires);
CREATE INDEX family_expires ON family (expires);

-- Refresh tokens of a family, as hashes; `replaced` is when rotation gave a successor.
CREATE TABLE refresh (
  hash TEXT PRIMARY KEY,
  family TEXT NOT NULL REFERENCES family (id) ON DELETE CASCADE,
  successor TEXT,
  replaced INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_family ON refresh (family);

-- Authorization codes, as hashes.
CREATE TABLE grant_code (
  hash TEXT PRIMARY KEY,
  sub TEXT NOT NULL,
  client TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  scope TEXT NOT NULL,
  nonce TEXT,
  challenge TEXT,
  auth_time INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  family TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX grant_expires ON grant_code (expires);
CREATE INDEX grant_sub ON grant_code (sub);

-- Browser sessions of the hosted pages, as hashes.
CREATE TABLE browser (
  hash TEXT PRIMARY KEY,
  sub TEXT NOT NULL,
  auth_time INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX browser_sub ON browser (sub);
CREATE INDEX browser_expires ON browser (expires);

CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter (name, value) VALUES ('users', 0);
