// Tiski is the counter of a web shop: customers talk to it in Telegram or in
// the chat of the shop's page, and staff look after it in a console.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// command is one of the program's commands.
type command struct {
	name  string
	about string
	run   func(ctx context.Context, args []string, in io.Reader, out io.Writer) error
}

var commands = []command{
	{"serve", "start the shop (also without a command)", serve},
	{"check", "tell the settings, and every mistake in a shop's files", check},
	{"ready", "whether the program that runs here can handle messages", ready},
	{"backup", "keep the data folder, while the shop goes on: tiski backup FILE", backup},
	{"restore", "put a backup into a new data folder: tiski restore FILE", restore},
	{"chat", "talk with the bot in the terminal", chat},
	{"understand", "read messages, one a line", understand},
	{"search", "search products, one query a line", find},
	{"import", "read the goods from where they come, and tell what is left out", importGoods},
	{"catalogue", "print the products", printCatalogue},
	{"words", "read words, one a line", words},
	{"graph", "draw the tasks of the dialogue, as Mermaid", graph},
	{"learn", "pack what the built-in examples teach: tiski learn FILE", learn},
	{"examples", "write the examples that staff have accepted: tiski examples -to DIR", exportExamples},
	{"lexicon", "pack the word list of Kotus: tiski lexicon FILE", packLexicon},
	{"orders", "print the books: what was sold and refunded", orders},
	{"privacy", "what is kept of customers: tiski privacy export, erase, log or seal", privacy},
	{"campaign", "how many would get each campaign, and why: tiski campaign -dry", tellCampaigns},
	{"newsletter", "who has confirmed the newsletter: tiski newsletter -csv", printSubscribers},
	{"staff", "add a member of staff: tiski staff add", addStaff},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "tiski:", err)
		}
		stop()
		os.Exit(1)
	}
}

// run picks the command; a first argument that is a flag means serve.
func run(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	if len(args) == 0 || args[0] != "" && args[0][0] == '-' && args[0] != "-h" && args[0] != "-help" && args[0] != "--help" {
		return serve(ctx, args, in, out)
	}
	for _, c := range commands {
		if c.name == args[0] {
			return c.run(ctx, args[1:], in, out)
		}
	}
	fmt.Fprintln(os.Stderr, "The commands of tiski, each with -help:")
	for _, c := range commands {
		fmt.Fprintf(os.Stderr, "  %-11s %s\n", c.name, c.about)
	}
	if args[0] == "-h" || args[0] == "-help" || args[0] == "--help" || args[0] == "help" {
		return flag.ErrHelp
	}
	return fmt.Errorf("unknown command %q", args[0])
}

// flags makes the flags of a command; a misspelt one stops it with a clear line.
func flags(name string) *flag.FlagSet {
	f := flag.NewFlagSet("tiski "+name, flag.ContinueOnError)
	f.SetOutput(os.Stderr)
	return f
}

// dataFlag is -data of a command.
func dataFlag(f *flag.FlagSet) *string {
	return f.String("data", defaultData, "folder of the database and of what is kept between starts")
}

// shopFlag is -shop of a command.
func shopFlag(f *flag.FlagSet) *string {
	return f.String("shop", "", "folder, feed file or feed address")
}

// parse reads the flags; words that are no flags are told.
func parse(f *flag.FlagSet, args []string) error {
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return fmt.Errorf("%s takes no argument %q", f.Name(), f.Arg(0))
	}
	return nil
}
