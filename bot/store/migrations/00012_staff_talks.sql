-- +goose Up
CREATE INDEX acts_on_subject ON staff_acts (subject, at);

-- What staff write of a conversation for each other.
CREATE TABLE staff_notes (
    id           TEXT   PRIMARY KEY, -- of the form that it was written on
    conversation TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    staff        TEXT   NOT NULL,
    name         TEXT   NOT NULL,    -- of the staff, as shown
    text         TEXT   NOT NULL
);
CREATE INDEX notes_of_conversation ON staff_notes (conversation, at);

-- How staff have put conversations in order.
CREATE TABLE staff_marks (
    conversation TEXT   PRIMARY KEY,
    labels       TEXT   NOT NULL DEFAULT '[]', -- JSON
    snoozed      BIGINT NOT NULL DEFAULT 0,    -- until when; 0: it is not
    closed       BIGINT NOT NULL DEFAULT 0,    -- when; 0: it is open
    reason       TEXT   NOT NULL DEFAULT '',   -- it was closed for
    since        BIGINT NOT NULL               -- when it was marked last
);

-- Messages that were read wrongly, with what they mean.
CREATE TABLE examples (
    id           TEXT   PRIMARY KEY, -- of the form that told it
    conversation TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    staff        TEXT   NOT NULL,
    lang         TEXT   NOT NULL,
    text         TEXT   NOT NULL,
    was          TEXT   NOT NULL,             -- the intent read
    intent       TEXT   NOT NULL,             -- the intent meant
    state        TEXT   NOT NULL              -- proposed or accepted; a refused one is removed
);
CREATE INDEX examples_by_state ON examples (state, at);

-- +goose Down
DROP TABLE examples;
DROP TABLE staff_marks;
DROP TABLE staff_notes;
DROP INDEX acts_on_subject;
