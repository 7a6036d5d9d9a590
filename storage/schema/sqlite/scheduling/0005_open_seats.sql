-- What juries must have, so that a timetable chooses whom they lack, and what roles cost. Lists are JSON arrays of text.
ALTER TABLE campaigns ADD COLUMN seats TEXT NOT NULL DEFAULT '[]';  -- ["seat reviewer 1 on_site","candidate people/ana 3","topic Robotics"]
ALTER TABLE campaigns ADD COLUMN roles TEXT NOT NULL DEFAULT '[]';  -- ["role president 1000 1000 0","load 4 9 10","combined supervisor 2"]
ALTER TABLE defences ADD COLUMN seats TEXT NOT NULL DEFAULT '[]';
ALTER TABLE defences ADD COLUMN topic TEXT NOT NULL DEFAULT '';
-- With this limit of work, its seed and its problem a replanned draft comes out again; 0: time ended the search.
ALTER TABLE timetables ADD COLUMN work_max INTEGER NOT NULL DEFAULT 0;
