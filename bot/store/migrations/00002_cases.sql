-- +goose Up
ALTER TABLE orders ADD COLUMN reserved_until BIGINT NOT NULL DEFAULT 0; -- 0: not reserved, but sold or given back
ALTER TABLE orders ADD COLUMN page TEXT;                                -- hash of the token of its page
CREATE UNIQUE INDEX orders_by_page ON orders (page);
CREATE INDEX orders_reserved ON orders (reserved_until) WHERE reserved_until > 0;
CREATE INDEX order_events_by_time ON order_events (at);

-- How many orders have a discount, in all and by customer.
CREATE TABLE discount_counts (
    discount TEXT   NOT NULL,
    customer TEXT   NOT NULL, -- hash of the e-mail or phone, '' in all
    orders   BIGINT NOT NULL CHECK (orders >= 0),
    PRIMARY KEY (discount, customer)
);

-- What an order counts there, until it is given back.
CREATE TABLE discount_uses (
    order_id TEXT NOT NULL REFERENCES orders (id),
    discount TEXT NOT NULL,
    customer TEXT NOT NULL,
    PRIMARY KEY (order_id, discount, customer)
);

CREATE TABLE cases (
    id         TEXT   PRIMARY KEY, -- of the effect or form that asked for it
    number     TEXT   NOT NULL,    -- as the customer is told it
    number_key TEXT   NOT NULL UNIQUE,
    order_id   TEXT   NOT NULL REFERENCES orders (id),
    opened     BIGINT NOT NULL,
    document   TEXT   NOT NULL -- the whole case, JSON
);
CREATE INDEX cases_of_order ON cases (order_id, opened);

CREATE TABLE case_events (
    case_id    TEXT   NOT NULL REFERENCES cases (id),
    n          BIGINT NOT NULL, -- 1, 2, 3 …
    from_state TEXT   NOT NULL, -- '' at first
    to_state   TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    cause      TEXT   NOT NULL,
    PRIMARY KEY (case_id, n)
);
CREATE INDEX case_events_by_time ON case_events (at);

-- +goose Down
DROP TABLE case_events;
DROP TABLE cases;
DROP TABLE discount_uses;
DROP TABLE discount_counts;
DROP INDEX order_events_by_time;
DROP INDEX orders_reserved;
DROP INDEX orders_by_page;
ALTER TABLE orders DROP COLUMN page;
ALTER TABLE orders DROP COLUMN reserved_until;
