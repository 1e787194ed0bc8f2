-- +goose Up
-- Reminders and offers that were sent by letter, too; the token is of the link
-- that stops them.
CREATE TABLE reminder_letters (
    id           TEXT   PRIMARY KEY, -- of the effect that sent it
    conversation TEXT   NOT NULL,
    token        TEXT   NOT NULL,
    email        TEXT   NOT NULL,
    lang         TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    said         TEXT   NOT NULL -- '' once it is sent
);
CREATE UNIQUE INDEX reminder_letters_by_token ON reminder_letters (token);
CREATE INDEX reminder_letters_of_conversation ON reminder_letters (conversation);

-- +goose Down
DROP TABLE reminder_letters;
