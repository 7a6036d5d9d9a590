-- Theses. References to other services are resource names: "people/ana", "programmes/msi".
CREATE TABLE theses (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  first_author TEXT NOT NULL,
  second_author TEXT,
  supervisor TEXT NOT NULL,
  company_tutor TEXT,
  programme TEXT NOT NULL,
  cohort TEXT,
  confidential INTEGER NOT NULL CHECK (confidential IN (0, 1)),
  language TEXT NOT NULL,
  withdrawn_reason TEXT,  -- NULL: not withdrawn
  withdrawn_by TEXT,
  withdrawn_time_us INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX theses_by_programme ON theses (programme, id);
CREATE INDEX theses_by_first_author ON theses (first_author);
CREATE INDEX theses_by_second_author ON theses (second_author);
CREATE INDEX theses_by_supervisor ON theses (supervisor);
CREATE INDEX theses_by_company_tutor ON theses (company_tutor);
