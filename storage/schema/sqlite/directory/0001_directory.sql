-- Who and where.
CREATE TABLE people (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  family_name TEXT NOT NULL,
  given_name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT UNIQUE,       -- the address without case; NULL if there is none
  organisation TEXT NOT NULL,
  defences_per_day_max INTEGER NOT NULL,
  defences_per_campaign_max INTEGER NOT NULL,
  search_text TEXT NOT NULL    -- the names without case and accents, in both orders
) STRICT, WITHOUT ROWID;

CREATE TABLE programmes (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  institution TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  language TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cohorts (
  programme TEXT NOT NULL REFERENCES programmes (id),
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cohort_periods (
  programme TEXT NOT NULL,
  cohort TEXT NOT NULL,
  position INTEGER NOT NULL,
  first_day TEXT NOT NULL,  -- 2027-06-14
  last_day TEXT NOT NULL,
  kind TEXT NOT NULL,       -- school, company
  PRIMARY KEY (programme, cohort, position),
  FOREIGN KEY (programme, cohort) REFERENCES cohorts (programme, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE rooms (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  site TEXT NOT NULL,
  capacity_seats INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE room_equipment (
  room TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (room, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE room_openings (
  room TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  day TEXT NOT NULL,              -- 2027-06-14
  from_minutes INTEGER NOT NULL,  -- since midnight
  to_minutes INTEGER NOT NULL,
  kind TEXT NOT NULL,             -- open, closed
  PRIMARY KEY (room, position)
) STRICT, WITHOUT ROWID;

-- Who may call.
CREATE TABLE accounts (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  person TEXT UNIQUE,  -- NULL for an account that is not a person's
  title TEXT NOT NULL,
  disabled INTEGER NOT NULL,
  create_time_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account_grants (
  account TEXT NOT NULL REFERENCES accounts (id),
  position INTEGER NOT NULL,
  role TEXT NOT NULL,       -- programme_head
  programme TEXT NOT NULL,  -- programmes/msi; empty: every programme
  PRIMARY KEY (account, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
  account TEXT NOT NULL REFERENCES accounts (id),
  id TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,  -- of the secret, which is nowhere
  title TEXT NOT NULL,
  scopes TEXT NOT NULL,       -- names of roles separated by spaces; empty: all
  create_time_us INTEGER NOT NULL,
  expire_time_us INTEGER NOT NULL,
  revoke_time_us INTEGER,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

-- Imports of folders.
CREATE TABLE imports (
  id TEXT NOT NULL PRIMARY KEY,  -- grows with time
  state TEXT NOT NULL,           -- refused, validated, applying, done
  campaign TEXT NOT NULL,
  programme TEXT NOT NULL,
  language TEXT NOT NULL,
  problems TEXT NOT NULL,     -- base 64
  error_count INTEGER NOT NULL,
  warning_count INTEGER NOT NULL,
  collections TEXT NOT NULL,  -- base 64
  create_time_us INTEGER NOT NULL,
  done_time_us INTEGER,
  account TEXT NOT NULL
) STRICT;
CREATE INDEX imports_applying ON imports (id) WHERE state = 'applying';

CREATE TABLE import_files (
  import TEXT NOT NULL REFERENCES imports (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  content TEXT NOT NULL,  -- base 64
  PRIMARY KEY (import, position)
) STRICT;
