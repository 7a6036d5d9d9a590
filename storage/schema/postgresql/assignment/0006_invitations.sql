-- Invitations to sit on juries, and the ledger of loads. Instants are microseconds UTC. That nobody answered in time, or
-- that somebody lost the seat, is not stored: it follows from the time and the seats.
CREATE TABLE invitations (
  thesis TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  programme TEXT COLLATE "C" NOT NULL,
  role TEXT NOT NULL,
  state TEXT NOT NULL,
  respond_by_us BIGINT,  -- NULL: was not invited
  invited_us BIGINT,  -- NULL: was replaced without having been invited
  answered_us BIGINT,
  reason TEXT NOT NULL,
  replaced_by TEXT NOT NULL,  -- '': nobody
  message TEXT NOT NULL,
  PRIMARY KEY (thesis, person)
);
CREATE INDEX invitations_by_programme ON invitations (programme, thesis, person);
CREATE INDEX invitations_by_person ON invitations (person, thesis);
CREATE TABLE invitation_events (
  thesis TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  event TEXT NOT NULL,
  time_us BIGINT NOT NULL,
  account TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (thesis, person, number),
  FOREIGN KEY (thesis, person) REFERENCES invitations (thesis, person)
);
CREATE TABLE invitation_reminders (
  thesis TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  days_before BIGINT NOT NULL,
  respond_by_us BIGINT NOT NULL,
  reminded_us BIGINT NOT NULL,
  PRIMARY KEY (thesis, person, days_before, respond_by_us)
);
-- Seats that were held in a past year: one row each, without reference to the jury, which may go.
CREATE TABLE held_seats (
  thesis TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  programme TEXT COLLATE "C" NOT NULL,
  year BIGINT NOT NULL,
  role TEXT NOT NULL,
  recorded_us BIGINT NOT NULL,
  PRIMARY KEY (thesis, person)
);
CREATE INDEX held_seats_by_person ON held_seats (person);
-- What juries of this house do not tell. A correction stays; another one takes it back.
CREATE TABLE load_corrections (
  person TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  programme TEXT COLLATE "C" NOT NULL,
  year BIGINT NOT NULL,
  role TEXT NOT NULL,
  count BIGINT NOT NULL,
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  made_us BIGINT NOT NULL,
  PRIMARY KEY (person, number)
);
