-- Runs, timetables and the facts behind them. Campaigns are told by id, all else by resource name. Lists are one line an
-- entry, its fields separated by tabs; free text in them is escaped as in C.

-- What runs and timetables were made from; shared by those that were made from the same.
CREATE TABLE timetable_facts (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,       -- digest of the rest
  problem_text TEXT NOT NULL,         -- the exact problem, in the solver's text form
  problem_digest TEXT NOT NULL,       -- SHA-256 of problem_text
  cast_text TEXT NOT NULL,            -- who and where, for people
  base_text TEXT NOT NULL             -- the placements that the problem refers to
);

-- The last numbers that were given: a number is never given twice.
CREATE TABLE timetable_numbers (
  campaign TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  last_run BIGINT NOT NULL,
  last_timetable BIGINT NOT NULL
);

CREATE TABLE timetable_runs (
  campaign TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  state TEXT NOT NULL,                -- "queued", "running", "succeeded", "cancelled", "failed"
  seconds_max BIGINT NOT NULL,
  moves_max BIGINT NOT NULL,
  seed BIGINT NOT NULL,
  threads BIGINT NOT NULL,
  base_timetable TEXT NOT NULL,       -- "campaigns/m2-2027/timetables/3", or empty
  base BIGINT NOT NULL,              -- 0: none
  progress TEXT,                      -- hard, unplaced, strong, soft, placed, defences, bound, moves, milliseconds
  timetable BIGINT NOT NULL,         -- 0: none
  error TEXT NOT NULL,
  error_reason TEXT NOT NULL,
  created_us BIGINT NOT NULL,
  started_us BIGINT,
  ended_us BIGINT,
  account TEXT NOT NULL,              -- "accounts/7f3a"
  facts TEXT COLLATE "C" NOT NULL REFERENCES timetable_facts (id),
  cancel_requested BIGINT NOT NULL,
  interruptions BIGINT NOT NULL,
  PRIMARY KEY (campaign, number)
);
CREATE INDEX timetable_runs_unfinished ON timetable_runs (created_us) WHERE state IN ('queued', 'running');
CREATE INDEX timetable_runs_by_facts ON timetable_runs (facts);

CREATE TABLE timetables (
  campaign TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL,                -- "draft", "published", "superseded"
  score_hard BIGINT NOT NULL,
  score_unplaced BIGINT NOT NULL,
  score_strong BIGINT NOT NULL,
  score_soft BIGINT NOT NULL,
  placed_count BIGINT NOT NULL,
  defence_count BIGINT NOT NULL,
  placed_count_bound BIGINT NOT NULL,
  is_optimal BIGINT NOT NULL,
  run BIGINT NOT NULL,               -- 0: made by hand
  base BIGINT NOT NULL,              -- 0: none
  seed BIGINT NOT NULL,
  solver_version TEXT NOT NULL,
  problem_digest TEXT NOT NULL,
  computed_from TEXT COLLATE "C" NOT NULL REFERENCES timetable_facts (id),
  shown_with TEXT COLLATE "C" NOT NULL REFERENCES timetable_facts (id),
  created_us BIGINT NOT NULL,
  published_us BIGINT,
  facts_changed TEXT NOT NULL,        -- sentences
  placements TEXT NOT NULL,           -- thesis, start, room, pins, reason to override; if unplaced: kind, why (fr, en)
  calendar TEXT NOT NULL,             -- thesis, sequence, status, start, room, minutes, number that showed it last
  PRIMARY KEY (campaign, number)
);
CREATE UNIQUE INDEX timetables_published ON timetables (campaign) WHERE state = 'published';
CREATE INDEX timetables_by_computed_from ON timetables (computed_from);
CREATE INDEX timetables_by_shown_with ON timetables (shown_with);
