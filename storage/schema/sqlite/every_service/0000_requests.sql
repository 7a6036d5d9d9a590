-- First results of mutating calls, so that a repeated call returns them. See storage/sql/requests.h.
CREATE TABLE requests (
  account TEXT NOT NULL,
  request_id TEXT NOT NULL,
  method TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  response TEXT NOT NULL,  -- base 64
  time_us INTEGER NOT NULL,
  PRIMARY KEY (account, request_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX requests_by_time ON requests (time_us);
