-- +goose Up
-- Charges: each a time that a payment provider was asked for the price of an order.
CREATE TABLE payments (
    charge       TEXT   PRIMARY KEY,        -- unique for ever: of the effect that asked, "#2" … when it was asked again
    effect       TEXT   NOT NULL,
    order_id     TEXT   NOT NULL REFERENCES orders (id),
    conversation TEXT   NOT NULL,
    provider     TEXT   NOT NULL,
    provider_id  TEXT,                      -- the provider's own id of it; NULL until it is known
    kind         TEXT   NOT NULL,           -- id of the shop's way of paying
    state        TEXT   NOT NULL,           -- a catalog.PaymentState
    amount       BIGINT NOT NULL,           -- cents; when paid, what came in
    currency     TEXT   NOT NULL,
    method       TEXT   NOT NULL DEFAULT '',-- as the provider names it: nordea
    link         TEXT   NOT NULL DEFAULT '',
    made         BIGINT NOT NULL,
    expires      BIGINT NOT NULL,
    taken        BIGINT NOT NULL DEFAULT 0, -- 1: this money paid the order
    settled      TEXT   NOT NULL DEFAULT '',-- the effect that settled it last
    reason       TEXT   NOT NULL DEFAULT '' -- why the order could not take the money
);
CREATE UNIQUE INDEX payments_by_provider ON payments (provider, provider_id);
CREATE INDEX payments_of_order ON payments (order_id, made);
CREATE INDEX payments_open ON payments (order_id) WHERE state IN ('asked', 'open', 'pending');

-- Money on its way back.
CREATE TABLE refunds (
    id       TEXT   PRIMARY KEY,         -- unique for ever: "payment/<charge>", "order/<id>/<status>", "case/<id>"
    charge   TEXT   NOT NULL REFERENCES payments (charge),
    order_id TEXT   NOT NULL REFERENCES orders (id),
    amount   BIGINT NOT NULL CHECK (amount > 0), -- cents
    state    TEXT   NOT NULL DEFAULT 'due', -- due, made, given_up
    tries    BIGINT NOT NULL DEFAULT 0,
    due      BIGINT NOT NULL,            -- when to try, or to tell, next
    made     BIGINT NOT NULL DEFAULT 0,
    error    TEXT   NOT NULL DEFAULT '', -- the last one, for staff
    ended    BIGINT NOT NULL DEFAULT 0   -- when the customer or staff were told of the end; 0: not yet
);
CREATE INDEX refunds_of_order ON refunds (order_id);
CREATE INDEX refunds_of_charge ON refunds (charge);
CREATE INDEX refunds_due ON refunds (due) WHERE ended = 0;

-- +goose Down
DROP TABLE refunds;
DROP TABLE payments;
