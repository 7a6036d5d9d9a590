-- What was found in versions. A version without a row is still to be looked at.
CREATE TABLE draft_checks (
  thesis TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  pending BIGINT NOT NULL CHECK (pending IN (0, 1)),
  media_type TEXT NOT NULL,
  pages BIGINT NOT NULL,
  text_bytes BIGINT NOT NULL,
  text_cut_off BIGINT NOT NULL CHECK (text_cut_off IN (0, 1)),
  checked_us BIGINT NOT NULL,
  PRIMARY KEY (thesis, number),
  FOREIGN KEY (thesis, number) REFERENCES drafts (thesis, number)
);
CREATE TABLE draft_findings (
  thesis TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  position BIGINT NOT NULL,
  check_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (thesis, number, position),
  FOREIGN KEY (thesis, number) REFERENCES draft_checks (thesis, number)
);
-- What findings mean for the versions of a milestone, as one record: it is only read and written whole.
CREATE TABLE check_policies (
  milestone TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  policy TEXT NOT NULL
);
