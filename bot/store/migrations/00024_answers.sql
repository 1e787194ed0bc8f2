-- +goose Up
-- What staff have written that the bot says to a question.
CREATE TABLE answers (
    id       TEXT   PRIMARY KEY,
    written  BIGINT NOT NULL,
    staff    TEXT   NOT NULL, -- who wrote it last
    document TEXT   NOT NULL, -- ways to ask and what is said, JSON
    state    TEXT   NOT NULL  -- proposed or accepted
);

-- +goose Down
DROP TABLE answers;
