package catalog

import "time"

// Review is what somebody thinks of a product, in the words they wrote.
type Review struct {
	ID      string // as its source names it; "" in the shop's files
	Product string // id
	Stars   int    // 1–5
	Lang    string // of the text
	Text    string // may be empty: stars alone
	By      string // the name as given; "" when none is to be shown
	At      time.Time
	Bought  bool // the shop has seen that the writer bought the product from it; only then may it be said (KSL 2:8 a)
}

// MostStars is the best that a review can give, CriticalStars the most that one
// gives which is not content.
const (
	MostStars     = 5
	CriticalStars = 3
)

// MostReview is how long the text of a review may be.
const MostReview = 2000 // characters

// ReviewQuery asks for what is said of a product.
type ReviewQuery struct {
	Product string   // id
	Text    string   // what is asked, without the words that only ask; may be empty
	Lang    string   // of who asks
	Likes   []string // Finnish words of what matters to who asks
}

// Opinions are the reviews of a product as a whole, and those that answer best.
type Opinions struct {
	Count    int
	Stars    int      // of all together
	Told     []Review // the fittest of those that are content, else of all: two at most
	Fitting  int      // how many of all speak of what was asked
	Critical *Review  // the fittest that is not content; nil when there is none, or nothing else is told
}

// Average is the mean of the stars in tenths, rounded: 43 is 4.3. It is 0 without reviews.
func (o Opinions) Average() int {
	if o.Count == 0 {
		return 0
	}
	return (o.Stars*20 + o.Count) / (2 * o.Count)
}

// Few reviews tell little: as many as fewReviews of usualStars are counted besides.
const (
	fewReviews = 4
	usualStars = 3.5
)

// Standing is the mean that products are ordered by: one enthusiast does not
// outweigh forty content customers. It is 0 without reviews.
func (o Opinions) Standing() float64 {
	if o.Count == 0 {
		return 0
	}
	return (float64(o.Stars) + fewReviews*usualStars) / (float64(o.Count) + fewReviews)
}
