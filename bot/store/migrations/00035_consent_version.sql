-- +goose Up
-- Which version of its question an answer is to: later ones name more.
ALTER TABLE consents ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- +goose Down
ALTER TABLE consents DROP COLUMN version;
