-- Juries that could be, kept apart from those that are. What is in one is read and written as a whole: base 64 of
-- Proposal::Serialize, of which the other columns repeat what is asked for. An id begins with its time.
CREATE TABLE proposals (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  programme TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX proposals_by_programme ON proposals (programme, id);
