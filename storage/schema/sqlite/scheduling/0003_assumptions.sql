-- What a draft takes for granted although it is not so yet: sentences, one a line.
ALTER TABLE timetables ADD COLUMN assumptions TEXT NOT NULL DEFAULT '';
