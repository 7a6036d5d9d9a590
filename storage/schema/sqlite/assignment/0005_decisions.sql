-- Who decided what about which jury, only ever added. Juries are base 64 of Jury::Serialize, empty where there was none.
CREATE TABLE jury_decisions (
  number INTEGER NOT NULL PRIMARY KEY,  -- from 1, in the order in which they were made
  thesis TEXT NOT NULL,  -- id
  version INTEGER NOT NULL,  -- of the jury after it
  programme TEXT NOT NULL,
  way TEXT NOT NULL,
  account TEXT NOT NULL,  -- empty: a service for itself
  time_us INTEGER NOT NULL,
  reason TEXT NOT NULL,
  source TEXT NOT NULL,
  batch TEXT NOT NULL,  -- id, or empty
  seats_before TEXT NOT NULL,
  seats_after TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX jury_decisions_by_thesis ON jury_decisions (thesis, version);
CREATE INDEX jury_decisions_by_batch ON jury_decisions (batch, thesis);
CREATE INDEX jury_decisions_by_programme ON jury_decisions (programme, number);

-- About whose seats a decision was.
CREATE TABLE jury_decision_people (
  person TEXT NOT NULL,
  number INTEGER NOT NULL REFERENCES jury_decisions,
  PRIMARY KEY (person, number)
) STRICT, WITHOUT ROWID;

-- Decisions that were made at once: base 64 of JuryBatch::Serialize. An id begins with its time.
CREATE TABLE jury_batches (
  id TEXT NOT NULL PRIMARY KEY,
  undoes TEXT NOT NULL,  -- id of another, or empty
  content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX jury_batches_by_undone ON jury_batches (undoes, id);

CREATE TABLE jury_batch_programmes (
  programme TEXT NOT NULL,
  batch TEXT NOT NULL REFERENCES jury_batches,
  PRIMARY KEY (programme, batch)
) STRICT, WITHOUT ROWID;
