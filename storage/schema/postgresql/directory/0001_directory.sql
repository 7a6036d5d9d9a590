-- Who and where.
CREATE TABLE people (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  family_name TEXT NOT NULL,
  given_name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT COLLATE "C" UNIQUE,       -- the address without case; NULL if there is none
  organisation TEXT NOT NULL,
  defences_per_day_max INTEGER NOT NULL,
  defences_per_campaign_max INTEGER NOT NULL,
  search_text TEXT NOT NULL    -- the names without case and accents, in both orders
);

CREATE TABLE programmes (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  institution TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  language TEXT NOT NULL
);

CREATE TABLE cohorts (
  programme TEXT COLLATE "C" NOT NULL REFERENCES programmes (id),
  id TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (programme, id)
);

CREATE TABLE cohort_periods (
  programme TEXT COLLATE "C" NOT NULL,
  cohort TEXT COLLATE "C" NOT NULL,
  position INTEGER NOT NULL,
  first_day TEXT NOT NULL,  -- 2027-06-14
  last_day TEXT NOT NULL,
  kind TEXT NOT NULL,       -- school, company
  PRIMARY KEY (programme, cohort, position),
  FOREIGN KEY (programme, cohort) REFERENCES cohorts (programme, id) ON DELETE CASCADE
);

CREATE TABLE rooms (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  site TEXT NOT NULL,
  capacity_seats INTEGER NOT NULL
);

CREATE TABLE room_equipment (
  room TEXT COLLATE "C" NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (room, position)
);

CREATE TABLE room_openings (
  room TEXT COLLATE "C" NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  day TEXT NOT NULL,              -- 2027-06-14
  from_minutes INTEGER NOT NULL,  -- since midnight
  to_minutes INTEGER NOT NULL,
  kind TEXT NOT NULL,             -- open, closed
  PRIMARY KEY (room, position)
);

-- Who may call.
CREATE TABLE accounts (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  person TEXT COLLATE "C" UNIQUE,  -- NULL for an account that is not a person's
  title TEXT NOT NULL,
  disabled INTEGER NOT NULL,
  create_time_us BIGINT NOT NULL
);

CREATE TABLE account_grants (
  account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
  position INTEGER NOT NULL,
  role TEXT NOT NULL,       -- programme_head
  programme TEXT COLLATE "C" NOT NULL,  -- programmes/msi; empty: every programme
  PRIMARY KEY (account, position)
);

CREATE TABLE tokens (
  account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
  id TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL UNIQUE,  -- of the secret, which is nowhere
  title TEXT NOT NULL,
  scopes TEXT NOT NULL,       -- names of roles separated by spaces; empty: all
  create_time_us BIGINT NOT NULL,
  expire_time_us BIGINT NOT NULL,
  revoke_time_us BIGINT,
  PRIMARY KEY (account, id)
);

-- Imports of folders.
CREATE TABLE imports (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,  -- grows with time
  state TEXT NOT NULL,           -- refused, validated, applying, done
  campaign TEXT NOT NULL,
  programme TEXT COLLATE "C" NOT NULL,
  language TEXT NOT NULL,
  problems TEXT NOT NULL,     -- base 64
  error_count INTEGER NOT NULL,
  warning_count INTEGER NOT NULL,
  collections TEXT NOT NULL,  -- base 64
  create_time_us BIGINT NOT NULL,
  done_time_us BIGINT,
  account TEXT COLLATE "C" NOT NULL
);
CREATE INDEX imports_applying ON imports (id) WHERE state = 'applying';

CREATE TABLE import_files (
  import TEXT COLLATE "C" NOT NULL REFERENCES imports (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  content TEXT NOT NULL,  -- base 64
  PRIMARY KEY (import, position)
);
