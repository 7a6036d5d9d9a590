-- Conflicts of interest. References to other services are resource names: "people/ana", "programmes/msi".
CREATE TABLE conflict_declarations (
  programme TEXT NOT NULL,
  declarer TEXT NOT NULL,
  other TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  year INTEGER,  -- the last one of common work; NULL: it goes on
  time_us INTEGER NOT NULL,
  PRIMARY KEY (programme, declarer, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_declarations_by_declarer ON conflict_declarations (declarer);
CREATE INDEX conflict_declarations_by_other ON conflict_declarations (other);

-- Who was asked and who has answered. Who is not here was not asked.
CREATE TABLE conflict_answers (
  programme TEXT NOT NULL,
  person TEXT NOT NULL,
  asked_us INTEGER,
  answered_us INTEGER,
  PRIMARY KEY (programme, person)
) STRICT, WITHOUT ROWID;

-- Decisions about a thesis and a person, only ever added; the one with the highest version counts.
CREATE TABLE conflict_decisions (
  thesis TEXT NOT NULL,  -- id
  person TEXT NOT NULL,
  version INTEGER NOT NULL,
  verdict TEXT NOT NULL,  -- conflict, no_conflict, taken_back
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  authors TEXT NOT NULL,  -- of the thesis at that time, one a line
  PRIMARY KEY (thesis, person, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE conflict_policies (
  programme TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  years INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Scores put in place of the computed ones, only ever added; the one with the highest version counts.
CREATE TABLE expertise_overrides (
  thesis TEXT NOT NULL,  -- id
  person TEXT NOT NULL,
  version INTEGER NOT NULL,
  score REAL,  -- 0 to 1; NULL: taken back
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  PRIMARY KEY (thesis, person, version)
) STRICT, WITHOUT ROWID;
