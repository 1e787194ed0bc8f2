-- +goose Up
-- Browsers of staff that are told when somebody waits; who signs out is told no more.
CREATE TABLE staff_pushes (
    session  TEXT PRIMARY KEY REFERENCES staff_keys (hash) ON DELETE CASCADE,
    endpoint TEXT NOT NULL UNIQUE,
    p256dh   TEXT NOT NULL,
    auth     TEXT NOT NULL,
    lang     TEXT NOT NULL
);

-- +goose Down
DROP TABLE staff_pushes;
