-- Juries, one per thesis. References to other services are resource names: "people/ana", "programmes/msi".
CREATE TABLE juries (
  thesis TEXT COLLATE "C" NOT NULL PRIMARY KEY,  -- id
  version BIGINT NOT NULL,
  programme TEXT COLLATE "C" NOT NULL,
  -- A dissolved jury has no seats and is as if it were not there; its row stays, so that no version ever comes back.
  dissolved BIGINT NOT NULL CHECK (dissolved IN (0, 1))
);
CREATE INDEX juries_by_programme ON juries (programme, thesis);

CREATE TABLE seats (
  thesis TEXT COLLATE "C" NOT NULL REFERENCES juries,
  place BIGINT NOT NULL,  -- from 0, in the order in which they are shown
  person TEXT COLLATE "C" NOT NULL,
  role TEXT NOT NULL,
  mode TEXT NOT NULL,
  PRIMARY KEY (thesis, place)
);
CREATE UNIQUE INDEX seats_by_person ON seats (person, thesis);
