-- +goose Up
-- When the reading began that told a number: an older one changes it no more.
ALTER TABLE stock ADD COLUMN told_at BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE stock DROP COLUMN told_at;
