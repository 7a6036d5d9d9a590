-- What is known of people as reviewers and jurors. References to other services are resource names or their ids.
CREATE TABLE profiles (
  person TEXT COLLATE "C" NOT NULL PRIMARY KEY,  -- id
  version BIGINT NOT NULL,
  rank TEXT NOT NULL,
  sector TEXT NOT NULL,
  institution TEXT NOT NULL,
  company TEXT NOT NULL,
  may_preside BIGINT NOT NULL CHECK (may_preside IN (0, 1)),
  emeritus BIGINT NOT NULL CHECK (emeritus IN (0, 1)),
  habilitated BIGINT NOT NULL CHECK (habilitated IN (0, 1)),
  attendance TEXT NOT NULL,
  expertise TEXT NOT NULL,
  per_campaign_max BIGINT NOT NULL,
  per_day_max BIGINT NOT NULL,
  gender TEXT NOT NULL  -- counted, never shown to anybody but the person
);

-- Languages and keywords of a person.
CREATE TABLE profile_words (
  person TEXT COLLATE "C" NOT NULL REFERENCES profiles,
  kind TEXT NOT NULL CHECK (kind IN ('language', 'keyword')),
  place BIGINT NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (person, kind, place)
);

CREATE TABLE profile_past_theses (
  person TEXT COLLATE "C" NOT NULL REFERENCES profiles,
  place BIGINT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  year BIGINT NOT NULL,  -- 0: not known
  PRIMARY KEY (person, place)
);

CREATE TABLE profile_role_limits (
  person TEXT COLLATE "C" NOT NULL REFERENCES profiles,
  role TEXT NOT NULL,
  per_campaign_max BIGINT NOT NULL,
  PRIMARY KEY (person, role)
);

-- What programmes ask of their juries.
CREATE TABLE jury_rule_sets (
  programme TEXT COLLATE "C" NOT NULL PRIMARY KEY,  -- id
  version BIGINT NOT NULL,
  title TEXT NOT NULL
);

-- Names of the institution and keywords of the programme's scheme.
CREATE TABLE jury_rule_set_words (
  programme TEXT COLLATE "C" NOT NULL REFERENCES jury_rule_sets,
  kind TEXT NOT NULL CHECK (kind IN ('institution', 'keyword')),
  place BIGINT NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (programme, kind, place)
);

CREATE TABLE jury_rules (
  programme TEXT COLLATE "C" NOT NULL REFERENCES jury_rule_sets,
  place BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  kind TEXT NOT NULL,
  level TEXT NOT NULL,
  least BIGINT,
  most BIGINT,
  share_part BIGINT,
  share_of BIGINT,
  sector TEXT NOT NULL,
  or_habilitated BIGINT NOT NULL CHECK (or_habilitated IN (0, 1)),
  may_preside BIGINT NOT NULL CHECK (may_preside IN (0, 1)),
  voice TEXT,
  source_text TEXT NOT NULL,
  source_article TEXT NOT NULL,
  source_page TEXT NOT NULL,
  source_url TEXT NOT NULL,
  source_quotation TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (programme, place)
);

-- Roles, ranks and words that a rule names.
CREATE TABLE jury_rule_words (
  programme TEXT COLLATE "C" NOT NULL,
  rule BIGINT NOT NULL,  -- its place
  kind TEXT NOT NULL CHECK (kind IN ('role', 'rank', 'word')),
  place BIGINT NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (programme, rule, kind, place),
  FOREIGN KEY (programme, rule) REFERENCES jury_rules
);

-- Rules lifted for the jury of one thesis.
CREATE TABLE derogations (
  thesis TEXT COLLATE "C" NOT NULL,     -- id
  rule TEXT COLLATE "C" NOT NULL,       -- id
  programme TEXT COLLATE "C" NOT NULL,  -- id
  reason TEXT NOT NULL,
  account TEXT NOT NULL,  -- who granted it
  granted_at BIGINT NOT NULL,
  demand TEXT NOT NULL,  -- what the rule asked then: another demand is not lifted
  required TEXT NOT NULL,  -- the same in words
  PRIMARY KEY (thesis, rule)
);
CREATE INDEX derogations_by_programme ON derogations (programme, thesis, rule);
