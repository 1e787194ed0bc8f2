-- +goose Up
-- What customers were sent unasked: each thing once.
CREATE TABLE sendings (
    id           TEXT   PRIMARY KEY, -- of the effect that sent it
    who          TEXT   NOT NULL,    -- the customer, or the conversation of one who is not known beyond it
    conversation TEXT   NOT NULL,
    kind         TEXT   NOT NULL,
    subject      TEXT   NOT NULL,    -- what it was about: goods, an order, a campaign
    at           BIGINT NOT NULL
);
CREATE UNIQUE INDEX sendings_once ON sendings (who, kind, subject);
CREATE INDEX sendings_by_time ON sendings (at);
CREATE INDEX sendings_of_conversation ON sendings (conversation);

-- What customers said of how they were served, and the points they were given
-- and used. Nothing is taken back here: a point used is an event of its own.
CREATE TABLE events (
    id           TEXT   PRIMARY KEY,
    kind         TEXT   NOT NULL,
    subject      TEXT   NOT NULL, -- a case, an order, or the event itself
    conversation TEXT   NOT NULL, -- '' when it is not told any more whose it was
    value        BIGINT NOT NULL, -- a score, points
    words        TEXT   NOT NULL,
    at           BIGINT NOT NULL
);
CREATE UNIQUE INDEX events_once ON events (kind, subject);
CREATE INDEX events_by_time ON events (at);
CREATE INDEX events_of_conversation ON events (conversation);

-- +goose Down
DROP TABLE events;
DROP TABLE sendings;
