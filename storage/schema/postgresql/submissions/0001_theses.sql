-- Theses. References to other services are resource names: "people/ana", "programmes/msi".
CREATE TABLE theses (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  first_author TEXT COLLATE "C" NOT NULL,
  second_author TEXT COLLATE "C",
  supervisor TEXT COLLATE "C" NOT NULL,
  company_tutor TEXT COLLATE "C",
  programme TEXT COLLATE "C" NOT NULL,
  cohort TEXT COLLATE "C",
  confidential BIGINT NOT NULL CHECK (confidential IN (0, 1)),
  language TEXT NOT NULL,
  withdrawn_reason TEXT,  -- NULL: not withdrawn
  withdrawn_by TEXT,
  withdrawn_time_us BIGINT
);
CREATE INDEX theses_by_programme ON theses (programme, id);
CREATE INDEX theses_by_first_author ON theses (first_author);
CREATE INDEX theses_by_second_author ON theses (second_author);
CREATE INDEX theses_by_supervisor ON theses (supervisor);
CREATE INDEX theses_by_company_tutor ON theses (company_tutor);
