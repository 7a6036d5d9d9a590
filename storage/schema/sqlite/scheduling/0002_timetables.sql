-- Runs, timetables and the facts behind them. Campaigns are told by id, all else by resource name. Lists are one line an
-- entry, its fields separated by tabs; free text in them is escaped as in C.

-- What runs and timetables were made from; shared by those that were made from the same.
CREATE TABLE timetable_facts (
  id TEXT NOT NULL PRIMARY KEY,       -- digest of the rest
  problem_text TEXT NOT NULL,         -- the exact problem, in the solver's text form
  problem_digest TEXT NOT NULL,       -- SHA-256 of problem_text
  cast_text TEXT NOT NULL,            -- who and where, for people
  base_text TEXT NOT NULL             -- the placements that the problem refers to
) STRICT;

-- The last numbers that were given: a number is never given twice.
CREATE TABLE timetable_numbers (
  campaign TEXT NOT NULL PRIMARY KEY,
  last_run INTEGER NOT NULL,
  last_timetable INTEGER NOT NULL
) STRICT;

CREATE TABLE timetable_runs (
  campaign TEXT NOT NULL,
  number INTEGER NOT NULL,
  state TEXT NOT NULL,                -- "queued", "running", "succeeded", "cancelled", "failed"
  seconds_max INTEGER NOT NULL,
  moves_max INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  threads INTEGER NOT NULL,
  base_timetable TEXT NOT NULL,       -- "campaigns/m2-2027/timetables/3", or empty
  base INTEGER NOT NULL,              -- 0: none
  progress TEXT,                      -- hard, unplaced, strong, soft, placed, defences, bound, moves, milliseconds
  timetable INTEGER NOT NULL,         -- 0: none
  error TEXT NOT NULL,
  error_reason TEXT NOT NULL,
  created_us INTEGER NOT NULL,
  started_us INTEGER,
  ended_us INTEGER,
  account TEXT NOT NULL,              -- "accounts/7f3a"
  facts TEXT NOT NULL REFERENCES timetable_facts (id),
  cancel_requested INTEGER NOT NULL,
  interruptions INTEGER NOT NULL,
  PRIMARY KEY (campaign, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX timetable_runs_unfinished ON timetable_runs (created_us) WHERE state IN ('queued', 'running');
CREATE INDEX timetable_runs_by_facts ON timetable_runs (facts);

CREATE TABLE timetables (
  campaign TEXT NOT NULL,
  number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,                -- "draft", "published", "superseded"
  score_hard INTEGER NOT NULL,
  score_unplaced INTEGER NOT NULL,
  score_strong INTEGER NOT NULL,
  score_soft INTEGER NOT NULL,
  placed_count INTEGER NOT NULL,
  defence_count INTEGER NOT NULL,
  placed_count_bound INTEGER NOT NULL,
  is_optimal INTEGER NOT NULL,
  run INTEGER NOT NULL,               -- 0: made by hand
  base INTEGER NOT NULL,              -- 0: none
  seed INTEGER NOT NULL,
  solver_version TEXT NOT NULL,
  problem_digest TEXT NOT NULL,
  computed_from TEXT NOT NULL REFERENCES timetable_facts (id),
  shown_with TEXT NOT NULL REFERENCES timetable_facts (id),
  created_us INTEGER NOT NULL,
  published_us INTEGER,
  facts_changed TEXT NOT NULL,        -- sentences
  placements TEXT NOT NULL,           -- thesis, start, room, pins, reason to override; if unplaced: kind, why (fr, en)
  calendar TEXT NOT NULL,             -- thesis, sequence, status, start, room, minutes, number that showed it last
  PRIMARY KEY (campaign, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX timetables_published ON timetables (campaign) WHERE state = 'published';
CREATE INDEX timetables_by_computed_from ON timetables (computed_from);
CREATE INDEX timetables_by_shown_with ON timetables (shown_with);
