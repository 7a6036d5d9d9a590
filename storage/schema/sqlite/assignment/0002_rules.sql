-- What is known of people as reviewers and jurors. References to other services are resource names or their ids.
CREATE TABLE profiles (
  person TEXT NOT NULL PRIMARY KEY,  -- id
  version INTEGER NOT NULL,
  rank TEXT NOT NULL,
  sector TEXT NOT NULL,
  institution TEXT NOT NULL,
  company TEXT NOT NULL,
  may_preside INTEGER NOT NULL CHECK (may_preside IN (0, 1)),
  emeritus INTEGER NOT NULL CHECK (emeritus IN (0, 1)),
  habilitated INTEGER NOT NULL CHECK (habilitated IN (0, 1)),
  attendance TEXT NOT NULL,
  expertise TEXT NOT NULL,
  per_campaign_max INTEGER NOT NULL,
  per_day_max INTEGER NOT NULL,
  gender TEXT NOT NULL  -- counted, never shown to anybody but the person
) STRICT, WITHOUT ROWID;

-- Languages and keywords of a person.
CREATE TABLE profile_words (
  person TEXT NOT NULL REFERENCES profiles,
  kind TEXT NOT NULL CHECK (kind IN ('language', 'keyword')),
  place INTEGER NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (person, kind, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE profile_past_theses (
  person TEXT NOT NULL REFERENCES profiles,
  place INTEGER NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  year INTEGER NOT NULL,  -- 0: not known
  PRIMARY KEY (person, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE profile_role_limits (
  person TEXT NOT NULL REFERENCES profiles,
  role TEXT NOT NULL,
  per_campaign_max INTEGER NOT NULL,
  PRIMARY KEY (person, role)
) STRICT, WITHOUT ROWID;

-- What programmes ask of their juries.
CREATE TABLE jury_rule_sets (
  programme TEXT NOT NULL PRIMARY KEY,  -- id
  version INTEGER NOT NULL,
  title TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Names of the institution and keywords of the programme's scheme.
CREATE TABLE jury_rule_set_words (
  programme TEXT NOT NULL REFERENCES jury_rule_sets,
  kind TEXT NOT NULL CHECK (kind IN ('institution', 'keyword')),
  place INTEGER NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (programme, kind, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE jury_rules (
  programme TEXT NOT NULL REFERENCES jury_rule_sets,
  place INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  level TEXT NOT NULL,
  least INTEGER,
  most INTEGER,
  share_part INTEGER,
  share_of INTEGER,
  sector TEXT NOT NULL,
  or_habilitated INTEGER NOT NULL CHECK (or_habilitated IN (0, 1)),
  may_preside INTEGER NOT NULL CHECK (may_preside IN (0, 1)),
  voice TEXT,
  source_text TEXT NOT NULL,
  source_article TEXT NOT NULL,
  source_page TEXT NOT NULL,
  source_url TEXT NOT NULL,
  source_quotation TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (programme, place)
) STRICT, WITHOUT ROWID;

-- Roles, ranks and words that a rule names.
CREATE TABLE jury_rule_words (
  programme TEXT NOT NULL,
  rule INTEGER NOT NULL,  -- its place
  kind TEXT NOT NULL CHECK (kind IN ('role', 'rank', 'word')),
  place INTEGER NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (programme, rule, kind, place),
  FOREIGN KEY (programme, rule) REFERENCES jury_rules
) STRICT, WITHOUT ROWID;

-- Rules lifted for the jury of one thesis.
CREATE TABLE derogations (
  thesis TEXT NOT NULL,     -- id
  rule TEXT NOT NULL,       -- id
  programme TEXT NOT NULL,  -- id
  reason TEXT NOT NULL,
  account TEXT NOT NULL,  -- who granted it
  granted_at INTEGER NOT NULL,
  demand TEXT NOT NULL,  -- what the rule asked then: another demand is not lifted
  required TEXT NOT NULL,  -- the same in words
  PRIMARY KEY (thesis, rule)
) STRICT, WITHOUT ROWID;
CREATE INDEX derogations_by_programme ON derogations (programme, thesis, rule);
