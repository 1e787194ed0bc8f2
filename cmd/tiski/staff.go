package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"tiski/bot/staff"
)

// addStaff is `tiski staff add`: the password is read from standard input, so
// that it stands in no shell history.
func addStaff(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	if len(args) == 0 || args[0] != "add" {
		return fmt.Errorf("write: tiski staff add -name maija -display Maija, and the password on standard input")
	}
	f := flags("staff add")
	name := f.String("name", "", "the name to sign in with")
	display := f.String("display", "", "the name customers see")
	role := f.String("role", string(staff.Agent), "agent talks with customers, lead reads reports too, admin manages all")
	email := f.String("email", "", "the address by which OIDC_ISSUER knows them, when they sign in there")
	data := dataFlag(f)
	if err := parse(f, args[1:]); err != nil {
		return err
	}
	database, _, err := openKept(ctx, *data)
	if err != nil {
		return err
	}
	defer database.Close()
	fmt.Fprint(out, "Password: ")
	password, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && password == "" {
		return fmt.Errorf("read the password: %w", err)
	}
	who := staff.Account{Name: *name, Display: *display, Role: staff.Role(*role), Email: *email}
	if err := staff.NewAccounts(database, database).Add(ctx, who, strings.TrimRight(password, "\r\n")); err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%s can sign in now.\n", *name)
	return nil
}
