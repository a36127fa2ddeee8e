-- The secret by which names that are nobody's get the salts of SCRAM.
ALTER TABLE meta ADD COLUMN secret BLOB CHECK (length(secret) = 32);
