package store

import (
	"context"
	"database/sql/driver"
	"fmt"
)

// maxParsed is how many statements a connection keeps: more than the store has,
// but for those that are as long as an order has lines.
const maxParsed = 200

// parsed opens connections to SQLite that keep their statements parsed: parsing
// them again is a third of the work of a short transaction.
type parsed struct{ driver.Connector }

func (p parsed) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &parsedConn{c.(sqliteConn), map[string]*parsedStmt{}}, nil
}

// sqliteConn is what a connection to SQLite can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
	Serialize() ([]byte, error)
	Deserialize([]byte) error
}

type parsedConn struct {
	sqliteConn
	kept map[string]*parsedStmt
}

// sqliteStmt is what a statement of SQLite can do.
type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type parsedStmt struct {
	sqliteStmt
	reading bool // its rows are not closed yet
}

// parse returns the statement kept of a text, nil when it is to be parsed for
// itself: rows of it are being read, or there are enough others.
func (c *parsedConn) parse(ctx context.Context, text string) (*parsedStmt, error) {
	if s := c.kept[text]; s != nil {
		if s.reading {
			return nil, nil
		}
		return s, nil
	}
	if len(c.kept) >= maxParsed {
		return nil, nil
	}
	s, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	c.kept[text] = &parsedStmt{sqliteStmt: s.(sqliteStmt)}
	return c.kept[text], nil
}

func (c *parsedConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 { // a migration or a savepoint
		return c.sqliteConn.ExecContext(ctx, text, args)
	}
	s, err := c.parse(ctx, text)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.sqliteConn.ExecContext(ctx, text, args)
	}
	return s.ExecContext(ctx, args)
}

func (c *parsedConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.parse(ctx, text)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.sqliteConn.QueryContext(ctx, text, args)
	}
	found, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.reading = true
	return &parsedRows{found, s}, nil
}

// parsedRows free their statement when they are closed.
type parsedRows struct {
	driver.Rows
	of *parsedStmt
}

func (r *parsedRows) Close() error {
	r.of.reading = false
	return r.Rows.Close()
}

// Close forgets the statements: SQLite closes no file that one of them uses.
func (c *parsedConn) Close() error {
	for text, s := range c.kept {
		if err := s.Close(); err != nil {
			return fmt.Errorf("close statement: %w", err)
		}
		delete(c.kept, text)
	}
	return c.sqliteConn.Close()
}
