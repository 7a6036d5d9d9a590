-- The life of theses, their confidentiality, and the bank of problems. Lists are kept with one entry a line.
ALTER TABLE theses ADD COLUMN level TEXT NOT NULL DEFAULT 'internal';
ALTER TABLE theses ADD COLUMN confidential_until_us INTEGER;
ALTER TABLE theses ADD COLUMN embargo_until_us INTEGER;
ALTER TABLE theses ADD COLUMN abstract TEXT NOT NULL DEFAULT '';
ALTER TABLE theses ADD COLUMN keywords TEXT NOT NULL DEFAULT '';
ALTER TABLE theses ADD COLUMN consents TEXT NOT NULL DEFAULT '';
ALTER TABLE theses ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
ALTER TABLE theses ADD COLUMN state_before TEXT NOT NULL DEFAULT '';  -- '': none
ALTER TABLE theses ADD COLUMN state_until_us INTEGER;
ALTER TABLE theses ADD COLUMN problem TEXT NOT NULL DEFAULT '';
-- The column "confidential" says whether the level is above "internal", for whoever still reads it.
UPDATE theses SET level = 'closed_session' WHERE confidential = 1;
UPDATE theses SET state = 'withdrawn', state_before = 'active' WHERE withdrawn_reason IS NOT NULL;
CREATE INDEX theses_disseminated ON theses (id) WHERE state = 'disseminated';
-- What happened: lines are only added.
CREATE TABLE thesis_changes (
  thesis TEXT NOT NULL REFERENCES theses (id),
  number INTEGER NOT NULL,
  event TEXT NOT NULL,
  state_from TEXT NOT NULL,  -- '': none
  state_to TEXT NOT NULL,
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  until_us INTEGER,
  waived TEXT NOT NULL,
  PRIMARY KEY (thesis, number)
) STRICT, WITHOUT ROWID;
-- Opinions on the subject as it was proposed for the time `round`.
CREATE TABLE thesis_opinions (
  thesis TEXT NOT NULL REFERENCES theses (id),
  round INTEGER NOT NULL,
  side INTEGER NOT NULL,
  verdict INTEGER NOT NULL,
  comment TEXT NOT NULL,
  account TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  PRIMARY KEY (thesis, round, side)
) STRICT, WITHOUT ROWID;
-- Who is to be told of a change, once each.
CREATE TABLE thesis_notices (
  name TEXT NOT NULL PRIMARY KEY,
  thesis TEXT NOT NULL,
  change_number INTEGER NOT NULL,
  event TEXT NOT NULL,
  state_to TEXT NOT NULL,
  person TEXT NOT NULL,  -- '': all with the role
  role TEXT NOT NULL,
  programme TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  FOREIGN KEY (thesis, change_number) REFERENCES thesis_changes (thesis, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX thesis_notices_by_programme ON thesis_notices (programme, name);
CREATE INDEX thesis_notices_by_person ON thesis_notices (person, name);
CREATE TABLE problems (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  programme TEXT NOT NULL,
  title TEXT NOT NULL,
  statement TEXT NOT NULL,
  teaser TEXT NOT NULL,
  data TEXT NOT NULL,
  conditions TEXT NOT NULL,
  level TEXT NOT NULL,
  confidential_until_us INTEGER,
  capacity INTEGER NOT NULL,
  owner TEXT NOT NULL,
  company TEXT NOT NULL,
  supervisor TEXT NOT NULL,
  company_tutor TEXT NOT NULL,
  keywords TEXT NOT NULL,
  language TEXT NOT NULL,
  closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
  taken INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX problems_by_programme ON problems (programme, id);
CREATE TABLE wishes (
  problem TEXT NOT NULL REFERENCES problems (id),
  student TEXT NOT NULL,
  partner TEXT NOT NULL,
  motivation TEXT NOT NULL,
  rank INTEGER NOT NULL,
  state INTEGER NOT NULL,
  reason TEXT NOT NULL,
  thesis TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  PRIMARY KEY (problem, student)
) STRICT, WITHOUT ROWID;
