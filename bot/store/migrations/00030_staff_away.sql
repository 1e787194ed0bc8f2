-- +goose Up
-- Since when who works here is away; 0: they are here.
ALTER TABLE staff ADD COLUMN away BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE staff DROP COLUMN away;
