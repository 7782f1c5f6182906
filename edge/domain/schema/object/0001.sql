-- What every object has.

-- One row. `schema`: the last schema file run. `version`: the newest pool configuration seen. `gone`: the pool was
-- deleted. `last`: the latest time this object has stored.
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  schema INTEGER NOT NULL,
  version INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  last INTEGER NOT NULL
) STRICT;
INSERT INTO meta (id, schema, version, gone, last) VALUES (1, 0, 0, 0, 0);

-- Answers by operation id, for repetition.
CREATE TABLE operation (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  reply TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX operation_at ON operation (at);

-- Facts, written with the change they tell of.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX event_at ON event (at);
CREATE INDEX event_subject ON event (subject, seq);

-- What the alarm has to do.
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  due INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX job_due ON job (due);
