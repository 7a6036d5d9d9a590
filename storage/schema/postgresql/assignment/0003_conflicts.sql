-- Conflicts of interest. References to other services are resource names: "people/ana", "programmes/msi".
CREATE TABLE conflict_declarations (
  programme TEXT COLLATE "C" NOT NULL,
  declarer TEXT COLLATE "C" NOT NULL,
  other TEXT COLLATE "C" NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  year BIGINT,  -- the last one of common work; NULL: it goes on
  time_us BIGINT NOT NULL,
  PRIMARY KEY (programme, declarer, other)
);
CREATE INDEX conflict_declarations_by_declarer ON conflict_declarations (declarer);
CREATE INDEX conflict_declarations_by_other ON conflict_declarations (other);

-- Who was asked and who has answered. Who is not here was not asked.
CREATE TABLE conflict_answers (
  programme TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  asked_us BIGINT,
  answered_us BIGINT,
  PRIMARY KEY (programme, person)
);

-- Decisions about a thesis and a person, only ever added; the one with the highest version counts.
CREATE TABLE conflict_decisions (
  thesis TEXT COLLATE "C" NOT NULL,  -- id
  person TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  verdict TEXT NOT NULL,  -- conflict, no_conflict, taken_back
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  time_us BIGINT NOT NULL,
  authors TEXT NOT NULL,  -- of the thesis at that time, one a line
  PRIMARY KEY (thesis, person, version)
);

CREATE TABLE conflict_policies (
  programme TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  years BIGINT NOT NULL
);

-- Scores put in place of the computed ones, only ever added; the one with the highest version counts.
CREATE TABLE expertise_overrides (
  thesis TEXT COLLATE "C" NOT NULL,  -- id
  person TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  score DOUBLE PRECISION,  -- 0 to 1; NULL: taken back
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  time_us BIGINT NOT NULL,
  PRIMARY KEY (thesis, person, version)
);
