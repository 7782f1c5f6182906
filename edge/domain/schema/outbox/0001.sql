-- Messages sent, newest kept. Only where the outbox is bound.
CREATE TABLE message (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  medium TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  about TEXT NOT NULL
) STRICT;
CREATE INDEX message_recipient ON message (recipient, seq);
