package console

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"tiski/bot/staff"
	"tiski/catalog"
)

// shownReviews are how many of the reviews that customers see are listed.
const shownReviews = 50

// written are the reviews that wait to be read, and the latest that are shown.
type written struct{ Waiting, Shown []oneReview }

// oneReview is a review as the page shows it.
type oneReview struct {
	staff.Review
	Title, Drawn string // the product, and the stars
	Path         string // of the conversation; "" when it is not told any more
}

func (c *Console) reviews(v *visit) error { return c.showReviews(v, http.StatusOK, "") }

func (c *Console) showReviews(v *visit, status int, alert string) error {
	waiting, err := c.writtenReviews(v, false, listed)
	if err != nil {
		return err
	}
	shown, err := c.writtenReviews(v, true, shownReviews)
	if err != nil {
		return err
	}
	return c.show(v, status, "reviews", page{Alert: alert, Body: written{waiting, shown}})
}

func (c *Console) writtenReviews(v *visit, shown bool, most int) ([]oneReview, error) {
	some, err := c.Reviews.WrittenReviews(v.ctx(), shown, most)
	if err != nil {
		return nil, err
	}
	var all []oneReview
	for _, r := range some {
		one := oneReview{Review: r, Title: r.Product, Drawn: strings.Repeat("★", r.Stars) + strings.Repeat("☆", catalog.MostStars-r.Stars)}
		if p := c.Bot.Shelf().Shop.Product(r.Product); p != nil {
			one.Title = p.Name.In(v.words.Lang)
		}
		if r.Conversation != "" {
			one.Path = talkPath(r.Conversation)
		}
		all = append(all, one)
	}
	return all, nil
}

// judgeReview shows a review to customers, or keeps it back for one of the
// reasons that there are.
func (c *Console) judgeReview(v *visit) error {
	id, why, act := v.FormValue("review"), "", "review_show"
	if v.FormValue("show") == "" {
		if why, act = v.FormValue("why"), "review_refuse"; !slices.Contains(staff.Refusals, why) {
			return c.showReviews(v, http.StatusBadRequest, v.words.T("reviews.why"))
		}
	}
	if err := c.Reviews.JudgeReview(v.ctx(), id, why, c.Clock()); errors.Is(err, staff.ErrUnknown) {
		return c.showReviews(v, http.StatusConflict, v.words.T("reviews.changed"))
	} else if err != nil {
		return err
	}
	return c.noted(v, act, id, "/console/reviews")
}

// Refusals are the reasons for which a review may be kept back.
func (p page) Refusals() []string { return staff.Refusals }
