-- What makes a learned model: networks, trees. Lists of models do not read it.
ALTER TABLE models ADD COLUMN body BLOB NULL;
