-- Signs of life and outages. Instants are microseconds UTC.
CREATE TABLE pulse (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  at_us INTEGER NOT NULL,
  boot TEXT NOT NULL,
  since_boot_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE outages (
  begin_us INTEGER NOT NULL,
  id TEXT NOT NULL,
  end_us INTEGER NOT NULL,
  evidence TEXT NOT NULL,  -- its receipt
  PRIMARY KEY (begin_us, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outages_by_end ON outages (end_us);
-- Programmes without a row have the default rule.
CREATE TABLE outage_rules (
  programme TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  minutes_min INTEGER NOT NULL,
  window_minutes INTEGER NOT NULL,
  step_minutes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
