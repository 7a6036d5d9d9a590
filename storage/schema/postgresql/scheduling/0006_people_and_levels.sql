-- What the rules count for people and how often they take part at most, and the lower levels of scores. The first is a JSON array of text.
ALTER TABLE campaigns ADD COLUMN people TEXT NOT NULL DEFAULT '[]';      -- ["person people/ana 3 0 9","role_limit president 2 5"]
-- One line a level below soft that has points or a bound: its name, its points, what is proven.
ALTER TABLE timetables ADD COLUMN lower_levels TEXT NOT NULL DEFAULT '';  -- "soft_2 340 300"
