-- Invitations to sit on juries, and the ledger of loads. Instants are microseconds UTC. That nobody answered in time, or
-- that somebody lost the seat, is not stored: it follows from the time and the seats.
CREATE TABLE invitations (
  thesis TEXT NOT NULL,
  person TEXT NOT NULL,
  version INTEGER NOT NULL,
  programme TEXT NOT NULL,
  role TEXT NOT NULL,
  state TEXT NOT NULL,
  respond_by_us INTEGER,  -- NULL: was not invited
  invited_us INTEGER,  -- NULL: was replaced without having been invited
  answered_us INTEGER,
  reason TEXT NOT NULL,
  replaced_by TEXT NOT NULL,  -- '': nobody
  message TEXT NOT NULL,
  PRIMARY KEY (thesis, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX invitations_by_programme ON invitations (programme, thesis, person);
CREATE INDEX invitations_by_person ON invitations (person, thesis);
CREATE TABLE invitation_events (
  thesis TEXT NOT NULL,
  person TEXT NOT NULL,
  number INTEGER NOT NULL,
  event TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  account TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (thesis, person, number),
  FOREIGN KEY (thesis, person) REFERENCES invitations (thesis, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE invitation_reminders (
  thesis TEXT NOT NULL,
  person TEXT NOT NULL,
  days_before INTEGER NOT NULL,
  respond_by_us INTEGER NOT NULL,
  reminded_us INTEGER NOT NULL,
  PRIMARY KEY (thesis, person, days_before, respond_by_us)
) STRICT, WITHOUT ROWID;
-- Seats that were held in a past year: one row each, without reference to the jury, which may go.
CREATE TABLE held_seats (
  thesis TEXT NOT NULL,
  person TEXT NOT NULL,
  programme TEXT NOT NULL,
  year INTEGER NOT NULL,
  role TEXT NOT NULL,
  recorded_us INTEGER NOT NULL,
  PRIMARY KEY (thesis, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX held_seats_by_person ON held_seats (person);
-- What juries of this house do not tell. A correction stays; another one takes it back.
CREATE TABLE load_corrections (
  person TEXT NOT NULL,
  number INTEGER NOT NULL,
  programme TEXT NOT NULL,
  year INTEGER NOT NULL,
  role TEXT NOT NULL,
  count INTEGER NOT NULL,
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  made_us INTEGER NOT NULL,
  PRIMARY KEY (person, number)
) STRICT, WITHOUT ROWID;
