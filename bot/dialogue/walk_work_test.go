package dialogue_test

import (
	"slices"
	"strconv"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// result is how some work ended.
func (w *walk) result() dialogue.Input {
	e, id := w.work[0], w.workIDs[0]
	w.work, w.workIDs = w.work[1:], w.workIDs[1:]
	done := dialogue.Done{Effect: id, Work: e.Work()}
	done.Reason = []string{"", "", "", "stock", "price", "gone", "failed"}[w.pick(7)]
	switch e := e.(type) {
	case dialogue.PlaceOrder:
		if done.Reason != "" {
			if done.Reason != "failed" {
				done.SKUs = []string{e.Order.Lines[w.pick(len(e.Order.Lines))].SKU}
			}
			return done
		}
		done.Order = e.Order
		done.Order.Number = "T-" + strconv.Itoa(100000+len(w.orders))
		if w.shelves[0].shop.PaymentMethod(done.Order.Payment).First() {
			done.Order.Status, done.Order.ReservedUntil = catalog.Awaiting, w.now.Add(30*time.Minute)
		}
		w.orders = append(w.orders, done.Order)
	case dialogue.AskPayment:
		done.Work, done.Order = dialogue.AskingPayment, w.ordered(e.Order)
		done.Reason = []string{"", "", "", "provider", "tries", "late", "paid", "closed"}[w.pick(8)]
		done.Payment = catalog.Payment{Provider: "paytrail", Charge: id, State: catalog.PaymentOpen, Amount: done.Order.Total, Currency: "EUR", Link: "https://pay.example/" + id}
		if w.pick(8) == 0 {
			done.Payment.Provider, done.Payment.Link = dialogue.TelegramPayments, ""
		}
	case dialogue.CheckPayment:
		done.Work, done.Order = dialogue.CheckingPayment, w.ordered(e.Order)
		done.Reason = []string{"", "", "provider"}[w.pick(3)]
		done.Payment = catalog.Payment{Provider: "paytrail", State: paymentStates[w.pick(len(paymentStates))], Amount: done.Order.Total, Currency: "EUR"}
		if w.pick(2) == 0 {
			done.Order.Status = catalog.Expired
		}
	case dialogue.SettlePayment:
		done.Work, done.Payment = dialogue.SettlingPayment, e.Payment
		done.Order = w.ordered("T-100000")
		done.Payment.State = paymentStates[w.pick(len(paymentStates))]
		done.Reason = []string{"", "", "", "paid", "stock", "closed", "amount", "unknown"}[w.pick(8)]
		done.Again = w.pick(4) == 0
	case dialogue.ForgetCustomer:
		done.Work, done.Lang, done.Reason = dialogue.Forgetting, e.Lang, ""
	case dialogue.OpenCase:
		i := slices.IndexFunc(w.orders, func(o catalog.Order) bool { return o.Number == e.Case.Order })
		if i < 0 || done.Reason != "" {
			done.Reason = catalog.WhyPieces
			return done
		}
		opened, err := w.shelves[0].shop.NewCase(e.Case, w.orders[i], nil, w.now)
		if err != nil {
			done.Reason = catalog.WhyClosed
			return done
		}
		opened.Number = "P-" + strconv.FormatInt(100000+w.version, 10)
		if opened.State == catalog.CaseCancelled {
			w.orders[i].Status = catalog.Cancelled
		}
		done.Case = opened
	}
	return done
}

var paymentStates = []catalog.PaymentState{"", catalog.PaymentOpen, catalog.PaymentPending, catalog.PaymentPaid, catalog.PaymentFailed, catalog.PaymentExpired}

// ordered is the order of a number, or one of which nothing is known.
func (w *walk) ordered(number string) catalog.Order {
	for _, o := range w.orders {
		if o.Number == number {
			return o
		}
	}
	return catalog.Order{Number: number}
}
