-- +goose Up
-- Who wants the newsletter, and who has said so by the link of a letter. Who
-- leaves is in it no more.
CREATE TABLE subscribers (
    email        TEXT   PRIMARY KEY, -- folded
    token        TEXT   NOT NULL,    -- of the links
    lang         TEXT   NOT NULL,
    conversation TEXT   NOT NULL,    -- in which it was asked for
    asked        BIGINT NOT NULL,    -- last
    confirmed    BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX subscribers_by_token ON subscribers (token);
CREATE INDEX subscribers_of_conversation ON subscribers (conversation);

-- +goose Down
DROP TABLE subscribers;
