-- +goose Up
-- What customers think of goods that they bought here. Others are told of it once
-- staff have read it.
CREATE TABLE reviews (
    id           TEXT   PRIMARY KEY, -- of the effect that wrote it last
    order_id     TEXT   NOT NULL REFERENCES orders (id),
    product      TEXT   NOT NULL,
    conversation TEXT   NOT NULL,    -- '' when it is not told any more whose it was
    stars        BIGINT NOT NULL,
    lang         TEXT   NOT NULL,
    words        TEXT   NOT NULL,
    name         TEXT   NOT NULL,    -- as the writer wants to be named, '' for not at all
    at           BIGINT NOT NULL,
    state        TEXT   NOT NULL,    -- waiting, shown or refused
    why          TEXT   NOT NULL DEFAULT '', -- it was refused
    judged       BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX reviews_once ON reviews (order_id, product);
CREATE INDEX reviews_by_state ON reviews (state, at);
CREATE INDEX reviews_of_conversation ON reviews (conversation);

-- +goose Down
DROP TABLE reviews;
