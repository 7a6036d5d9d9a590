-- Campaigns, their defences, and who is available when. Lists are JSON arrays of text.

CREATE TABLE campaigns (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  programme TEXT COLLATE "C" NOT NULL,      -- "programmes/msi"
  cohort TEXT NOT NULL,                     -- "programmes/msi/cohorts/2027", or empty
  year BIGINT NOT NULL,
  session BIGINT NOT NULL,
  time_zone TEXT NOT NULL,
  language TEXT NOT NULL,
  days TEXT NOT NULL,                       -- ["2027-06-14"]
  hours TEXT NOT NULL,                      -- ["09:00-12:30"]
  grid_minutes BIGINT NOT NULL,
  duration_minutes BIGINT NOT NULL,
  buffer_minutes BIGINT NOT NULL,
  travel_minutes BIGINT NOT NULL,
  silent_policy TEXT NOT NULL,              -- "available", "if_needed", "unavailable"
  rooms TEXT NOT NULL,                      -- ["rooms/b12"]
  rules TEXT NOT NULL,                      -- ["gaps soft 5 30"]: rule, level, weight, parameter or -
  published_timetable TEXT NOT NULL         -- "campaigns/m2-2027/timetables/3", or empty
);

CREATE INDEX campaigns_by_programme ON campaigns (programme, id);

CREATE TABLE defences (
  campaign TEXT COLLATE "C" NOT NULL REFERENCES campaigns (id),
  thesis TEXT COLLATE "C" NOT NULL,         -- id
  version BIGINT NOT NULL,
  duration_minutes BIGINT NOT NULL,         -- 0: the campaign's
  equipment TEXT NOT NULL,                  -- ["video"]
  PRIMARY KEY (campaign, thesis)
);

CREATE TABLE availabilities (
  campaign TEXT COLLATE "C" NOT NULL REFERENCES campaigns (id),
  person TEXT COLLATE "C" NOT NULL,         -- id
  version BIGINT NOT NULL,
  periods TEXT NOT NULL,                    -- ["2027-06-14 09:00-12:30 if_needed"]
  entered_by TEXT NOT NULL,                 -- "accounts/7f3a", or empty
  PRIMARY KEY (campaign, person)
);
