-- What people decided about findings: lines are only added. Instants are microseconds UTC.
CREATE TABLE finding_decisions (
  thesis TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  position BIGINT NOT NULL,
  kind TEXT NOT NULL,
  check_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  why TEXT NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  decided_us BIGINT NOT NULL,
  PRIMARY KEY (thesis, number, position),
  FOREIGN KEY (thesis, number) REFERENCES drafts (thesis, number)
);
-- Whether a version was looked at: all else about it never changes. A new one is not, without anything being written.
ALTER TABLE drafts ADD COLUMN checked BIGINT NOT NULL DEFAULT 0 CHECK (checked IN (0, 1));
UPDATE drafts SET checked = 1 WHERE EXISTS (SELECT 1 FROM draft_checks c
  WHERE c.thesis = drafts.thesis AND c.number = drafts.number AND c.pending = 0);
CREATE INDEX drafts_to_check ON drafts (received_us, thesis, number) WHERE checked = 0;
-- Bytes of the versions and open uploads of each account and each programme, changed together with them.
CREATE TABLE kept_bytes (
  owner TEXT COLLATE "C" NOT NULL PRIMARY KEY,  -- "accounts/ana", "programmes/msi"
  bytes BIGINT NOT NULL
);
INSERT INTO kept_bytes (owner, bytes)
  SELECT owner, CAST(SUM(size) AS BIGINT) FROM (
    SELECT account AS owner, size FROM drafts
    UNION ALL SELECT account, size FROM uploads WHERE state = 'open'
    UNION ALL SELECT t.programme, d.size FROM drafts d JOIN theses t ON t.id = d.thesis
    UNION ALL SELECT t.programme, u.size FROM uploads u JOIN theses t ON t.id = u.thesis WHERE u.state = 'open'
  ) AS kept GROUP BY owner;
