-- First results of mutating calls, so that a repeated call returns them. See storage/sql/requests.h.
CREATE TABLE requests (
  account TEXT COLLATE "C" NOT NULL,
  request_id TEXT COLLATE "C" NOT NULL,
  method TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  response TEXT NOT NULL,  -- base 64
  time_us BIGINT NOT NULL,
  PRIMARY KEY (account, request_id)
);
CREATE INDEX requests_by_time ON requests (time_us);
