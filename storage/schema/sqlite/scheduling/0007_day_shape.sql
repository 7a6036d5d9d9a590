-- The pause of each day of a campaign and what times of the day cost. A JSON array of text.
ALTER TABLE campaigns ADD COLUMN day_shape TEXT NOT NULL DEFAULT '[]';  -- ["pause 11:30 13:00 45 60","early 09:00 5"]
