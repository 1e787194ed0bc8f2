-- +goose Up
-- Customers who are known beyond one conversation.
CREATE TABLE customers (
    id      TEXT   PRIMARY KEY, -- drawn by chance
    subject TEXT,               -- hash of the shop's own name of the customer; NULL when the shop has told none
    seen    BIGINT NOT NULL,    -- when they were last here
    profile TEXT   NOT NULL     -- persona.Profile, JSON: as much of it as they consent to
);
CREATE UNIQUE INDEX customers_by_subject ON customers (subject);
CREATE INDEX customers_by_time ON customers (seen);

CREATE TABLE customer_talks (
    conversation TEXT   PRIMARY KEY,
    customer     TEXT   NOT NULL REFERENCES customers (id),
    since        BIGINT NOT NULL
);
CREATE INDEX talks_of_customer ON customer_talks (customer);

-- What customers answered when they were asked; nothing is ever changed here.
CREATE TABLE consents (
    id           TEXT   PRIMARY KEY, -- of the effect that noted it, and its place in that
    conversation TEXT   NOT NULL,
    purpose      TEXT   NOT NULL,
    answer       TEXT   NOT NULL, -- given, refused, withdrawn
    wording      TEXT   NOT NULL, -- what was asked, as it was shown
    lang         TEXT   NOT NULL,
    at           BIGINT NOT NULL
);
CREATE INDEX consents_of_conversation ON consents (conversation, at);

-- Passes that were used to join conversations: each is good once.
CREATE TABLE passes_used (
    pass  TEXT   PRIMARY KEY, -- its signature
    until BIGINT NOT NULL     -- when it would have run out
);

ALTER TABLE orders ADD COLUMN nameless BIGINT NOT NULL DEFAULT 0; -- since when nothing in it tells whose it was; 0: it does

-- Orders whose customer wants to be forgotten, but which are not over yet.
CREATE TABLE erasures (
    order_id TEXT   PRIMARY KEY REFERENCES orders (id),
    asked    BIGINT NOT NULL
);

-- Conversations that were erased, so that no message on its way comes back.
CREATE TABLE erased_talks (
    hash TEXT   PRIMARY KEY, -- of the conversation's id
    at   BIGINT NOT NULL
);

-- What was removed because its time was over, with nothing of whose it was.
CREATE TABLE sweeps (
    at      BIGINT NOT NULL,
    kind    TEXT   NOT NULL,
    before  BIGINT NOT NULL, -- what is older goes
    removed BIGINT NOT NULL,
    PRIMARY KEY (at, kind)
);

CREATE INDEX messages_by_time ON messages (at);

-- +goose Down
DROP INDEX messages_by_time;
DROP TABLE sweeps;
DROP TABLE erased_talks;
DROP TABLE erasures;
ALTER TABLE orders DROP COLUMN nameless;
DROP TABLE passes_used;
DROP TABLE consents;
DROP TABLE customer_talks;
DROP TABLE customers;
