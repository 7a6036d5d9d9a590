-- What was found in versions. A version without a row is still to be looked at.
CREATE TABLE draft_checks (
  thesis TEXT NOT NULL,
  number INTEGER NOT NULL,
  pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
  media_type TEXT NOT NULL,
  pages INTEGER NOT NULL,
  text_bytes INTEGER NOT NULL,
  text_cut_off INTEGER NOT NULL CHECK (text_cut_off IN (0, 1)),
  checked_us INTEGER NOT NULL,
  PRIMARY KEY (thesis, number),
  FOREIGN KEY (thesis, number) REFERENCES drafts (thesis, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE draft_findings (
  thesis TEXT NOT NULL,
  number INTEGER NOT NULL,
  position INTEGER NOT NULL,
  check_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (thesis, number, position),
  FOREIGN KEY (thesis, number) REFERENCES draft_checks (thesis, number)
) STRICT, WITHOUT ROWID;
-- What findings mean for the versions of a milestone, as one record: it is only read and written whole.
CREATE TABLE check_policies (
  milestone TEXT NOT NULL PRIMARY KEY,
  policy TEXT NOT NULL
) STRICT, WITHOUT ROWID;
