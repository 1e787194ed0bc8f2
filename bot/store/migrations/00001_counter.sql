-- Read by SQLite and PostgreSQL alike. Moments are Unix milliseconds.

-- +goose Up
CREATE TABLE orders (
    id           TEXT   PRIMARY KEY,     -- of the effect that asked for it
    number       TEXT   NOT NULL,        -- as the customer is told it
    number_key   TEXT   NOT NULL UNIQUE, -- as it is looked up
    conversation TEXT   NOT NULL,
    status       TEXT   NOT NULL,
    placed       BIGINT NOT NULL,
    email        TEXT   NOT NULL,        -- normalised, '' when unknown
    phone        TEXT   NOT NULL,        -- normalised, '' when unknown
    document     TEXT   NOT NULL         -- the whole order, JSON
);
CREATE INDEX orders_of_conversation ON orders (conversation, placed);

CREATE TABLE order_events (
    order_id    TEXT   NOT NULL REFERENCES orders (id),
    n           BIGINT NOT NULL, -- 1, 2, 3 …
    from_status TEXT   NOT NULL, -- '' at first
    to_status   TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    cause       TEXT   NOT NULL,
    PRIMARY KEY (order_id, n)
);

CREATE TABLE stock (
    sku    TEXT   PRIMARY KEY,
    pieces BIGINT NOT NULL CHECK (pieces >= 0),
    seeded BIGINT NOT NULL -- pieces that the shop's files told last
);

-- What an order took from counted stock, until it is given back.
CREATE TABLE taken (
    order_id TEXT   NOT NULL REFERENCES orders (id),
    sku      TEXT   NOT NULL,
    pieces   BIGINT NOT NULL CHECK (pieces > 0),
    PRIMARY KEY (order_id, sku)
);

CREATE TABLE messages (
    conversation TEXT   NOT NULL,
    seq          BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    speaker      TEXT   NOT NULL, -- bot, customer, staff or system
    text         TEXT   NOT NULL,
    rest         TEXT   NOT NULL, -- the whole message but its text, JSON
    PRIMARY KEY (conversation, seq)
);

CREATE TABLE staff (
    name     TEXT PRIMARY KEY,
    display  TEXT NOT NULL,
    role     TEXT NOT NULL,
    password TEXT NOT NULL -- its hash, '' when there is none
);

CREATE TABLE staff_keys (
    hash  TEXT   NOT NULL PRIMARY KEY,
    kind  TEXT   NOT NULL,
    staff TEXT   NOT NULL REFERENCES staff (name),
    until BIGINT NOT NULL
);

CREATE TABLE staff_acts (
    id      TEXT   PRIMARY KEY, -- later acts have greater ids
    at      BIGINT NOT NULL,
    staff   TEXT   NOT NULL,
    act     TEXT   NOT NULL,
    subject TEXT   NOT NULL
);

-- +goose Down
DROP TABLE staff_acts;
DROP TABLE staff_keys;
DROP TABLE staff;
DROP TABLE messages;
DROP TABLE taken;
DROP TABLE stock;
DROP TABLE order_events;
DROP TABLE orders;
