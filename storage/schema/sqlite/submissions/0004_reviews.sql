-- Grids, reviews, statements and similarity readings. Instants are microseconds UTC.
CREATE TABLE grids (
  programme TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  criteria TEXT NOT NULL,  -- a record of all of them, in their order
  PRIMARY KEY (programme, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE reviews (
  thesis TEXT NOT NULL REFERENCES theses (id),
  reviewer TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  respond_by_us INTEGER,  -- NULL: without limit
  due_us INTEGER NOT NULL,
  grid TEXT NOT NULL,  -- '': none
  draft TEXT NOT NULL,  -- '': the current deposit
  opinion TEXT NOT NULL,
  student_comment TEXT NOT NULL,
  staff_comment TEXT NOT NULL,
  marks TEXT NOT NULL,  -- a record of all of them
  file_name TEXT,  -- NULL: no annotated file
  file_sha256 TEXT,
  file_size INTEGER,
  reason TEXT NOT NULL,
  submitted_us INTEGER,
  PRIMARY KEY (thesis, reviewer)
) STRICT, WITHOUT ROWID;
CREATE INDEX reviews_by_reviewer ON reviews (reviewer, thesis);
CREATE INDEX reviews_by_file ON reviews (file_sha256);
CREATE INDEX reviews_by_grid ON reviews (grid);
CREATE TABLE review_events (
  thesis TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  number INTEGER NOT NULL,
  event TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  account TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (thesis, reviewer, number),
  FOREIGN KEY (thesis, reviewer) REFERENCES reviews (thesis, reviewer)
) STRICT, WITHOUT ROWID;
CREATE TABLE review_reminders (
  thesis TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  missing TEXT NOT NULL,
  days_before INTEGER NOT NULL,
  due_us INTEGER NOT NULL,
  reminded_us INTEGER NOT NULL,
  PRIMARY KEY (thesis, reviewer, missing, days_before, due_us)
) STRICT, WITHOUT ROWID;
-- Annotated files on their way.
CREATE TABLE review_files (
  upload TEXT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL,
  begun_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE statements (
  thesis TEXT NOT NULL REFERENCES theses (id),
  author TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  text TEXT NOT NULL,
  legal_basis TEXT NOT NULL,
  controller TEXT NOT NULL,
  until_date TEXT NOT NULL,
  made_us INTEGER NOT NULL,
  decided_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (thesis, author, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE similarity_readings (
  thesis TEXT NOT NULL REFERENCES theses (id),
  number INTEGER NOT NULL,
  draft INTEGER NOT NULL,
  tool TEXT NOT NULL,
  rate_per_mille INTEGER NOT NULL,
  excluded_sources TEXT NOT NULL,
  indexed INTEGER NOT NULL CHECK (indexed IN (0, 1)),
  conclusion TEXT NOT NULL,
  comment TEXT NOT NULL,
  reader TEXT NOT NULL,
  read_us INTEGER NOT NULL,
  PRIMARY KEY (thesis, number)
) STRICT, WITHOUT ROWID;
