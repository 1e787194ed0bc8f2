-- +goose Up
-- Pictures that customers sent in the chat of the page, as JPEG.
CREATE TABLE photos (
    conversation TEXT   NOT NULL,
    id           TEXT   NOT NULL, -- of the input that brought it
    at           BIGINT NOT NULL,
    jpeg         BYTEA  NOT NULL,
    PRIMARY KEY (conversation, id)
);
CREATE INDEX photos_by_time ON photos (at);

-- +goose Down
DROP TABLE photos;
