-- The life of theses, their confidentiality, and the bank of problems. Lists are kept with one entry a line.
ALTER TABLE theses ADD COLUMN level TEXT NOT NULL DEFAULT 'internal';
ALTER TABLE theses ADD COLUMN confidential_until_us BIGINT;
ALTER TABLE theses ADD COLUMN embargo_until_us BIGINT;
ALTER TABLE theses ADD COLUMN abstract TEXT NOT NULL DEFAULT '';
ALTER TABLE theses ADD COLUMN keywords TEXT NOT NULL DEFAULT '';
ALTER TABLE theses ADD COLUMN consents TEXT NOT NULL DEFAULT '';
ALTER TABLE theses ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
ALTER TABLE theses ADD COLUMN state_before TEXT NOT NULL DEFAULT '';  -- '': none
ALTER TABLE theses ADD COLUMN state_until_us BIGINT;
ALTER TABLE theses ADD COLUMN problem TEXT NOT NULL DEFAULT '';
-- The column "confidential" says whether the level is above "internal", for whoever still reads it.
UPDATE theses SET level = 'closed_session' WHERE confidential = 1;
UPDATE theses SET state = 'withdrawn', state_before = 'active' WHERE withdrawn_reason IS NOT NULL;
CREATE INDEX theses_disseminated ON theses (id) WHERE state = 'disseminated';
-- What happened: lines are only added.
CREATE TABLE thesis_changes (
  thesis TEXT COLLATE "C" NOT NULL REFERENCES theses (id),
  number BIGINT NOT NULL,
  event TEXT NOT NULL,
  state_from TEXT NOT NULL,  -- '': none
  state_to TEXT NOT NULL,
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  time_us BIGINT NOT NULL,
  until_us BIGINT,
  waived TEXT NOT NULL,
  PRIMARY KEY (thesis, number)
);
-- Opinions on the subject as it was proposed for the time `round`.
CREATE TABLE thesis_opinions (
  thesis TEXT COLLATE "C" NOT NULL REFERENCES theses (id),
  round BIGINT NOT NULL,
  side BIGINT NOT NULL,
  verdict BIGINT NOT NULL,
  comment TEXT NOT NULL,
  account TEXT NOT NULL,
  time_us BIGINT NOT NULL,
  PRIMARY KEY (thesis, round, side)
);
-- Who is to be told of a change, once each.
CREATE TABLE thesis_notices (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  thesis TEXT COLLATE "C" NOT NULL,
  change_number BIGINT NOT NULL,
  event TEXT NOT NULL,
  state_to TEXT NOT NULL,
  person TEXT COLLATE "C" NOT NULL,  -- '': all with the role
  role TEXT NOT NULL,
  programme TEXT COLLATE "C" NOT NULL,
  time_us BIGINT NOT NULL,
  FOREIGN KEY (thesis, change_number) REFERENCES thesis_changes (thesis, number)
);
CREATE INDEX thesis_notices_by_programme ON thesis_notices (programme, name);
CREATE INDEX thesis_notices_by_person ON thesis_notices (person, name);
CREATE TABLE problems (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  programme TEXT COLLATE "C" NOT NULL,
  title TEXT NOT NULL,
  statement TEXT NOT NULL,
  teaser TEXT NOT NULL,
  data TEXT NOT NULL,
  conditions TEXT NOT NULL,
  level TEXT NOT NULL,
  confidential_until_us BIGINT,
  capacity BIGINT NOT NULL,
  owner TEXT COLLATE "C" NOT NULL,
  company TEXT NOT NULL,
  supervisor TEXT COLLATE "C" NOT NULL,
  company_tutor TEXT COLLATE "C" NOT NULL,
  keywords TEXT NOT NULL,
  language TEXT NOT NULL,
  closed BIGINT NOT NULL CHECK (closed IN (0, 1)),
  taken BIGINT NOT NULL
);
CREATE INDEX problems_by_programme ON problems (programme, id);
CREATE TABLE wishes (
  problem TEXT COLLATE "C" NOT NULL REFERENCES problems (id),
  student TEXT COLLATE "C" NOT NULL,
  partner TEXT COLLATE "C" NOT NULL,
  motivation TEXT NOT NULL,
  rank BIGINT NOT NULL,
  state BIGINT NOT NULL,
  reason TEXT NOT NULL,
  thesis TEXT NOT NULL,
  time_us BIGINT NOT NULL,
  PRIMARY KEY (problem, student)
);
