-- +goose Up
-- Since when the shop has its goods: customers hear of new ones.
CREATE TABLE arrivals (
    product TEXT   PRIMARY KEY,
    since   BIGINT NOT NULL -- 0 of goods that came with a whole range
);
CREATE INDEX arrivals_by_time ON arrivals (since);

-- +goose Down
DROP TABLE arrivals;
