-- Milestones, uploads, versions and the log of receipts. Instants are microseconds UTC.
CREATE TABLE milestones (
  programme TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  cohort TEXT,  -- NULL: all of the programme
  kind TEXT NOT NULL,
  due_us BIGINT NOT NULL,
  grace_minutes BIGINT NOT NULL,
  hard_us BIGINT,  -- NULL: never closes
  time_zone TEXT NOT NULL,
  upload_window_minutes BIGINT NOT NULL,
  PRIMARY KEY (programme, id)
);
CREATE TABLE extensions (
  programme TEXT COLLATE "C" NOT NULL,
  milestone TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  until_us BIGINT NOT NULL,
  reason TEXT NOT NULL,
  granted_by TEXT NOT NULL,
  granted_us BIGINT NOT NULL,
  PRIMARY KEY (programme, milestone, person),
  FOREIGN KEY (programme, milestone) REFERENCES milestones (programme, id)
);
-- Commitments. An upload that is finished became the version `draft`.
CREATE TABLE uploads (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  thesis TEXT COLLATE "C" NOT NULL REFERENCES theses (id),
  kind TEXT NOT NULL,
  milestone TEXT NOT NULL,  -- '': without a deadline
  sha256 TEXT COLLATE "C" NOT NULL,
  size BIGINT NOT NULL,
  file_name TEXT NOT NULL,
  state TEXT NOT NULL,
  known BIGINT NOT NULL CHECK (known IN (0, 1)),
  begun_us BIGINT NOT NULL,
  expires_us BIGINT NOT NULL,
  verdict TEXT NOT NULL,
  late_minutes BIGINT NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  draft BIGINT,
  receipt TEXT NOT NULL
);
CREATE INDEX uploads_open_by_thesis ON uploads (thesis, sha256) WHERE state = 'open';
CREATE INDEX uploads_open_by_account ON uploads (account) WHERE state = 'open';
CREATE INDEX uploads_open_by_milestone ON uploads (milestone) WHERE state = 'open';
CREATE INDEX uploads_open_by_sha256 ON uploads (sha256) WHERE state = 'open';
-- Versions never change.
CREATE TABLE drafts (
  thesis TEXT COLLATE "C" NOT NULL REFERENCES theses (id),
  number BIGINT NOT NULL,
  kind TEXT NOT NULL,
  milestone TEXT NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL,
  size BIGINT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  begun_us BIGINT NOT NULL,
  received_us BIGINT NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  on_behalf BIGINT NOT NULL CHECK (on_behalf IN (0, 1)),
  verdict TEXT NOT NULL,
  late_minutes BIGINT NOT NULL,
  upload TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES uploads (id),
  receipt TEXT NOT NULL,
  PRIMARY KEY (thesis, number)
);
CREATE INDEX drafts_by_milestone ON drafts (milestone, thesis, number);
CREATE INDEX drafts_by_sha256 ON drafts (sha256);
CREATE INDEX drafts_by_account ON drafts (account);
-- Leaf hashes in hexadecimal digits; the head holds the roots of the complete subtrees.
CREATE TABLE receipt_log (
  entry BIGINT NOT NULL PRIMARY KEY,
  leaf TEXT NOT NULL
);
CREATE TABLE receipt_log_head (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  size BIGINT NOT NULL,
  peaks TEXT NOT NULL
);
INSERT INTO receipt_log_head (id, size, peaks) VALUES (1, 0, '');
