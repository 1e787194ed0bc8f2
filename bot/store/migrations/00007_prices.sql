-- +goose Up
-- What was asked for goods, from when until when it was last seen: a price that
-- is said to be reduced is told with the lowest of the 30 days before.
CREATE TABLE prices (
    sku   TEXT   NOT NULL,
    since BIGINT NOT NULL,
    seen  BIGINT NOT NULL,
    price BIGINT NOT NULL, -- cents
    PRIMARY KEY (sku, since)
);

-- +goose Down
DROP TABLE prices;
