-- Juries, one per thesis. References to other services are resource names: "people/ana", "programmes/msi".
CREATE TABLE juries (
  thesis TEXT NOT NULL PRIMARY KEY,  -- id
  version INTEGER NOT NULL,
  programme TEXT NOT NULL,
  -- A dissolved jury has no seats and is as if it were not there; its row stays, so that no version ever comes back.
  dissolved INTEGER NOT NULL CHECK (dissolved IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX juries_by_programme ON juries (programme, thesis);

CREATE TABLE seats (
  thesis TEXT NOT NULL REFERENCES juries,
  place INTEGER NOT NULL,  -- from 0, in the order in which they are shown
  person TEXT NOT NULL,
  role TEXT NOT NULL,
  mode TEXT NOT NULL,
  PRIMARY KEY (thesis, place)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX seats_by_person ON seats (person, thesis);
