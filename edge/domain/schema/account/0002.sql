-- Of which version of the pool's configuration an entry is: an older one that comes late changes nothing.
ALTER TABLE pool ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

-- Pools that are gone: what comes late of one does not bring it back.
CREATE TABLE forgotten_pool (
  id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
