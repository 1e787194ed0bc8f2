package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"slices"
	"time"

	"tiski/bot"
	"tiski/bot/campaign"
	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/bot/store"
	"tiski/catalog"
	"tiski/intents"
)

// campaigns are those of the shop's files.
func campaigns(files fs.FS, shelf *bot.Shelf) ([]campaign.Campaign, error) {
	return campaign.Load(files, shelf.Shop, shelf.Personas)
}

// writtenCampaigns are those of the files of a shop that is not on a shelf.
func writtenCampaigns(files fs.FS, shop *catalog.Shop) ([]campaign.Campaign, error) {
	personas, err := persona.Load(files, shop, intents.Names)
	if err != nil {
		return nil, err
	}
	return campaign.Load(files, shop, personas)
}

// campaigner sends the campaigns of the shop's files, and tells of new goods.
func (h *house) campaigner() (*bot.Campaigner, error) {
	all, err := campaigns(h.files.fs, h.bot.Shelf())
	if err != nil {
		return nil, err
	}
	c := &calendar{files: h.files.fs, shelf: h.bot.Shelf, log: h.log, kept: all}
	return &bot.Campaigner{
		Audience: h.store, Handle: h.bot.Handle, Clock: time.Now, Log: h.log,
		Running: func(ctx context.Context) ([]bot.Campaign, error) {
			return allRunning(ctx, h.store, c.read(), h.bot.Shelf().Shop, time.Now())
		},
	}, nil
}

// calendar are the campaigns of the shop's files as they are at a moment. It is
// not for several goroutines at once.
type calendar struct {
	files fs.FS
	shelf func() *bot.Shelf
	log   *slog.Logger
	kept  []campaign.Campaign // that could be read last
	wrong string              // why they could not be read since; "" when they could
}

// read returns the campaigns. While there are mistakes in the files those that
// could be read last stay, and the mistakes are told once.
func (c *calendar) read() []campaign.Campaign {
	all, err := campaigns(c.files, c.shelf())
	switch {
	case err == nil:
		c.kept, c.wrong = all, ""
	case err.Error() != c.wrong:
		c.wrong = err.Error()
		c.log.Warn("the campaigns stay as they were", "err", err)
	}
	return c.kept
}

// allRunning are the campaigns that are sent at a moment, and the news of new
// goods.
func allRunning(ctx context.Context, kept *store.Store, all []campaign.Campaign, shop *catalog.Shop, now time.Time) ([]bot.Campaign, error) {
	came, err := arrivals(ctx, kept, shop, now)
	return append(running(all, shop, now), came...), err
}

// running are the campaigns that are sent at a moment.
func running(all []campaign.Campaign, shop *catalog.Shop, now time.Time) []bot.Campaign {
	var some []bot.Campaign
	for _, c := range all {
		if !c.Runs(now) {
			continue
		}
		some = append(some, bot.Campaign{
			ID: c.ID, Unsent: bot.Unsent{Kind: dialogue.OfCampaign, Subject: c.ID},
			For: func(p bot.Prospect, now time.Time) (bot.Input, bool) {
				bought, _, ok := c.Fits(p.Profile, shop, now)
				o := dialogue.Offer{Text: c.Say, Products: c.Products, Code: c.Code, Most: c.Most, Bought: bought}
				what := dialogue.CampaignRan{Campaign: c.ID, Offer: o, Until: c.Until, Lang: p.Profile.Lang.Value}
				return bot.Input{ID: "campaign/" + c.ID, What: what}, ok
			},
		})
	}
	return some
}

// tellCampaigns is `tiski campaign`: how many customers would get each campaign,
// and why. It sends nothing, and tells nothing of anybody.
func tellCampaigns(ctx context.Context, args []string, _ io.Reader, out io.Writer) error {
	f := flags("campaign")
	dry := f.Bool("dry", false, "tell how many would get each campaign, and why")
	source := f.String("shop", "", "folder of the shop's files")
	data := dataFlag(f)
	if err := parse(f, args); err != nil {
		return err
	}
	if !*dry {
		return fmt.Errorf("write: tiski campaign -dry; campaigns are sent by the running shop")
	}
	files, shop, err := openGoods(ctx, *source, *data)
	if err != nil {
		return told(out, err)
	}
	all, err := writtenCampaigns(files, shop)
	if err != nil {
		return told(out, err)
	}
	kept, _, err := openKept(ctx, *data)
	if err != nil {
		return err
	}
	defer kept.Close()
	if len(all) == 0 {
		fmt.Fprintln(out, "The shop has no campaigns.")
	}
	for i := range all {
		if err := tellCampaign(ctx, kept, shop, &all[i], out); err != nil {
			return err
		}
	}
	return nil
}

// audienceBatch is how many customers are read at once.
const audienceBatch = 500

func tellCampaign(ctx context.Context, kept *store.Store, shop *catalog.Shop, c *campaign.Campaign, out io.Writer) error {
	sent, err := kept.Sent(ctx, c.ID)
	if err != nil {
		return err
	}
	whys, willing, fit := map[string]int{}, 0, 0
	for after := ""; ; {
		some, err := kept.Prospects(ctx, bot.Unsent{Kind: dialogue.OfCampaign, Subject: c.ID}, after, audienceBatch)
		if err != nil {
			return err
		}
		for _, p := range some {
			willing++
			if _, why, ok := c.Fits(p.Profile, shop, time.Now()); ok {
				fit++
				whys[why]++
			}
			after = p.Customer
		}
		if len(some) < audienceBatch {
			break
		}
	}
	most := "no limit"
	if c.Most > 0 {
		most = fmt.Sprintf("at most %d", c.Most)
	}
	fmt.Fprintf(out, "%s: %s – %s, %s, sent to %d; would go to %d of the %d others who want offers\n",
		c.ID, c.From.Format("2006-01-02 15:04"), c.Until.Add(-time.Minute).Format(time.DateOnly), most, sent, fit, willing)
	for _, why := range slices.Sorted(maps.Keys(whys)) {
		fmt.Fprintf(out, "  %d: %s\n", whys[why], why)
	}
	return nil
}
