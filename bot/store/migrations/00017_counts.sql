-- +goose Up
-- What happens in conversations, counted by day: it tells nothing of whom.
CREATE TABLE counts (
    day  TEXT   NOT NULL, -- in Helsinki, 2026-11-30
    kind TEXT   NOT NULL,
    name TEXT   NOT NULL,
    n    BIGINT NOT NULL,
    PRIMARY KEY (day, kind, name)
);

-- Messages that were not understood; their words are in messages alone.
CREATE TABLE missed (
    conversation TEXT   NOT NULL,
    seq          BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    lang         TEXT   NOT NULL,
    PRIMARY KEY (conversation, seq)
);
CREATE INDEX missed_by_time ON missed (at);

-- +goose Down
DROP TABLE missed;
DROP TABLE counts;
