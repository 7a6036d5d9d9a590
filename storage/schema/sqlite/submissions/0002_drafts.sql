-- Milestones, uploads, versions and the log of receipts. Instants are microseconds UTC.
CREATE TABLE milestones (
  programme TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  cohort TEXT,  -- NULL: all of the programme
  kind TEXT NOT NULL,
  due_us INTEGER NOT NULL,
  grace_minutes INTEGER NOT NULL,
  hard_us INTEGER,  -- NULL: never closes
  time_zone TEXT NOT NULL,
  upload_window_minutes INTEGER NOT NULL,
  PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE extensions (
  programme TEXT NOT NULL,
  milestone TEXT NOT NULL,
  person TEXT NOT NULL,
  until_us INTEGER NOT NULL,
  reason TEXT NOT NULL,
  granted_by TEXT NOT NULL,
  granted_us INTEGER NOT NULL,
  PRIMARY KEY (programme, milestone, person),
  FOREIGN KEY (programme, milestone) REFERENCES milestones (programme, id)
) STRICT, WITHOUT ROWID;
-- Commitments. An upload that is finished became the version `draft`.
CREATE TABLE uploads (
  id TEXT NOT NULL PRIMARY KEY,
  thesis TEXT NOT NULL REFERENCES theses (id),
  kind TEXT NOT NULL,
  milestone TEXT NOT NULL,  -- '': without a deadline
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  state TEXT NOT NULL,
  known INTEGER NOT NULL CHECK (known IN (0, 1)),
  begun_us INTEGER NOT NULL,
  expires_us INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  late_minutes INTEGER NOT NULL,
  account TEXT NOT NULL,
  draft INTEGER,
  receipt TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX uploads_open_by_thesis ON uploads (thesis, sha256) WHERE state = 'open';
CREATE INDEX uploads_open_by_account ON uploads (account) WHERE state = 'open';
CREATE INDEX uploads_open_by_milestone ON uploads (milestone) WHERE state = 'open';
CREATE INDEX uploads_open_by_sha256 ON uploads (sha256) WHERE state = 'open';
-- Versions never change.
CREATE TABLE drafts (
  thesis TEXT NOT NULL REFERENCES theses (id),
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  milestone TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  begun_us INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  account TEXT NOT NULL,
  on_behalf INTEGER NOT NULL CHECK (on_behalf IN (0, 1)),
  verdict TEXT NOT NULL,
  late_minutes INTEGER NOT NULL,
  upload TEXT NOT NULL UNIQUE REFERENCES uploads (id),
  receipt TEXT NOT NULL,
  PRIMARY KEY (thesis, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_by_milestone ON drafts (milestone, thesis, number);
CREATE INDEX drafts_by_sha256 ON drafts (sha256);
CREATE INDEX drafts_by_account ON drafts (account);
-- Leaf hashes in hexadecimal digits; the head holds the roots of the complete subtrees.
CREATE TABLE receipt_log (
  entry INTEGER NOT NULL PRIMARY KEY,
  leaf TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE receipt_log_head (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  peaks TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO receipt_log_head (id, size, peaks) VALUES (1, 0, '');
