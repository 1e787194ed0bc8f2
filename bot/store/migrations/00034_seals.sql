-- +goose Up
-- Which key seals a text that customers or staff have said; '' for none.
ALTER TABLE messages ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE transcript_letters ADD COLUMN seal TEXT NOT NULL DEFAULT '';

-- The keys that may seal something in this database.
CREATE TABLE seals (
    id TEXT PRIMARY KEY
);

-- +goose Down
DROP TABLE seals;
ALTER TABLE transcript_letters DROP COLUMN seal;
ALTER TABLE messages DROP COLUMN seal;
