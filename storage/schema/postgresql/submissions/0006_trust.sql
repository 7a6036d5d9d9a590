-- Signs of life and outages. Instants are microseconds UTC.
CREATE TABLE pulse (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  at_us BIGINT NOT NULL,
  boot TEXT NOT NULL,
  since_boot_us BIGINT NOT NULL
);
CREATE TABLE outages (
  begin_us BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  end_us BIGINT NOT NULL,
  evidence TEXT NOT NULL,  -- its receipt
  PRIMARY KEY (begin_us, id)
);
CREATE INDEX outages_by_end ON outages (end_us);
-- Programmes without a row have the default rule.
CREATE TABLE outage_rules (
  programme TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  minutes_min BIGINT NOT NULL,
  window_minutes BIGINT NOT NULL,
  step_minutes BIGINT NOT NULL
);
