-- Grids, reviews, statements and similarity readings. Instants are microseconds UTC.
CREATE TABLE grids (
  programme TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  title TEXT NOT NULL,
  criteria TEXT NOT NULL,  -- a record of all of them, in their order
  PRIMARY KEY (programme, id)
);
CREATE TABLE reviews (
  thesis TEXT COLLATE "C" NOT NULL REFERENCES theses (id),
  reviewer TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL,
  respond_by_us BIGINT,  -- NULL: without limit
  due_us BIGINT NOT NULL,
  grid TEXT COLLATE "C" NOT NULL,  -- '': none
  draft TEXT COLLATE "C" NOT NULL,  -- '': the current deposit
  opinion TEXT NOT NULL,
  student_comment TEXT NOT NULL,
  staff_comment TEXT NOT NULL,
  marks TEXT NOT NULL,  -- a record of all of them
  file_name TEXT,  -- NULL: no annotated file
  file_sha256 TEXT COLLATE "C",
  file_size BIGINT,
  reason TEXT NOT NULL,
  submitted_us BIGINT,
  PRIMARY KEY (thesis, reviewer)
);
CREATE INDEX reviews_by_reviewer ON reviews (reviewer, thesis);
CREATE INDEX reviews_by_file ON reviews (file_sha256);
CREATE INDEX reviews_by_grid ON reviews (grid);
CREATE TABLE review_events (
  thesis TEXT COLLATE "C" NOT NULL,
  reviewer TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  event TEXT COLLATE "C" NOT NULL,
  time_us BIGINT NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (thesis, reviewer, number),
  FOREIGN KEY (thesis, reviewer) REFERENCES reviews (thesis, reviewer)
);
CREATE TABLE review_reminders (
  thesis TEXT COLLATE "C" NOT NULL,
  reviewer TEXT COLLATE "C" NOT NULL,
  missing TEXT COLLATE "C" NOT NULL,
  days_before BIGINT NOT NULL,
  due_us BIGINT NOT NULL,
  reminded_us BIGINT NOT NULL,
  PRIMARY KEY (thesis, reviewer, missing, days_before, due_us)
);
-- Annotated files on their way.
CREATE TABLE review_files (
  upload TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  sha256 TEXT COLLATE "C" NOT NULL,
  begun_us BIGINT NOT NULL
);
CREATE TABLE statements (
  thesis TEXT COLLATE "C" NOT NULL REFERENCES theses (id),
  author TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL,
  text TEXT NOT NULL,
  legal_basis TEXT NOT NULL,
  controller TEXT NOT NULL,
  until_date TEXT NOT NULL,
  made_us BIGINT NOT NULL,
  decided_by TEXT COLLATE "C" NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (thesis, author, kind)
);
CREATE TABLE similarity_readings (
  thesis TEXT COLLATE "C" NOT NULL REFERENCES theses (id),
  number BIGINT NOT NULL,
  draft BIGINT NOT NULL,
  tool TEXT NOT NULL,
  rate_per_mille BIGINT NOT NULL,
  excluded_sources TEXT NOT NULL,
  indexed BIGINT NOT NULL CHECK (indexed IN (0, 1)),
  conclusion TEXT NOT NULL,
  comment TEXT NOT NULL,
  reader TEXT COLLATE "C" NOT NULL,
  read_us BIGINT NOT NULL,
  PRIMARY KEY (thesis, number)
);
