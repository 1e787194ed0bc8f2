-- +goose Up
-- How many customers have been sent what only so many get.
CREATE TABLE sending_counts (
    kind    TEXT   NOT NULL,
    subject TEXT   NOT NULL,
    sent    BIGINT NOT NULL,
    PRIMARY KEY (kind, subject)
);

-- +goose Down
DROP TABLE sending_counts;
