-- +goose Up
-- Conversations that customers want by letter, as they were when it was asked.
CREATE TABLE transcript_letters (
    id           TEXT   PRIMARY KEY,
    conversation TEXT   NOT NULL,
    email        TEXT   NOT NULL,
    lang         TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    said         TEXT   NOT NULL -- letters.Said, JSON; [] once it is sent
);
CREATE INDEX transcript_letters_of_conversation ON transcript_letters (conversation);

-- +goose Down
DROP TABLE transcript_letters;
