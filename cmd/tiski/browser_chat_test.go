package main

import (
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// holds: what is refused can be sent again and is said once; what comes while
// the chat is closed is counted; what was said can be saved.
func (b *browser) holds(shop *losing) {
	b.t.Helper()
	b.text(`shadow().querySelector('textarea').focus()`)
	b.text(`(globalThis.send = fetch, globalThis.fetch = (to, how) => how?.method === 'POST' ? Promise.resolve(new Response('', { status: 422 })) : send(to, how))`)
	b.say("mitkä ovat aukioloajat")
	b.until(`shadow().querySelector('.failed')?.textContent === 'Viesti ei lähtenyt. Lähetä uudelleen'`)
	b.accessible("failed")
	b.text(`(globalThis.fetch = send, shadow().querySelector('.failed button').click())`)
	b.until(`!shadow().querySelector('.failed, .pending')`)
	b.until(`shadow().querySelector('.status').textContent === ''`)
	if all := b.text(`said('customer')`); strings.Count(all, "mitkä ovat aukioloajat") != 1 {
		b.t.Errorf("sent again, a message is shown as\n%s", all)
	}

	b.text(`(URL.createObjectURL = (file) => (file.text().then((text) => { globalThis.saved = text }), '#'), shadow().querySelector('.head button[aria-label="Tallenna keskustelu"]').click())`)
	b.until(`shadow().activeElement?.textContent === 'Lataa tiedostona'`)
	b.text(`shadow().activeElement.click()`)
	b.until(`globalThis.saved !== undefined`)
	if saved := b.text(`saved`); !strings.Contains(saved, "Sinä\nmitkä ovat aukioloajat\n") || !strings.Contains(saved, "Tekoälyavustaja\n") {
		b.t.Errorf("what is saved of the conversation:\n%s", saved)
	}
	b.text(`shadow().querySelector('.keep input').focus()`)
	b.say("ville@example.fi")
	b.until(`shadow().querySelector('.keep [role=status]').textContent === 'Keskustelu lähetetään osoitteeseen ville@example.fi.'`)
	b.accessible("keep")
	b.text(`shadow().querySelector('.head [aria-expanded=true]').click()`)

	b.text(`Tiski.close()`)
	b.until(`shadow().activeElement?.className === 'launcher' && shadow().querySelector('.launcher').dataset.unread === ''`)
	conversation := b.text(`JSON.parse(localStorage.getItem('tiski.session')).conversation`)
	for i, what := range []dialogue.Input{
		dialogue.Taken{Staff: chatStaff, Name: chatName}, dialogue.StaffSaid{Staff: chatStaff, Name: chatName, Text: "Hei taas."}, dialogue.HandedBack{Staff: chatStaff},
	} {
		if _, err := shop.Handle(b.t.Context(), conversation, bot.Input{ID: fmt.Sprint("unseen/", i), What: what}); err != nil {
			b.t.Fatal(err)
		}
	}
	b.text(`dispatchEvent(new Event('online'))`) // or half a minute later
	b.until(`shadow().querySelector('.launcher').dataset.unread >= 2 && / uutta viestiä$/.test(shadow().querySelector('.launcher').ariaLabel)`)
	b.accessible("unread")
	unseen := b.text(`shadow().querySelector('.launcher').dataset.unread`)
	b.do(chromedp.Reload())
	b.until(`shadow() !== null && shadow().querySelector('.launcher').dataset.unread === '` + unseen + `'`)
	b.text(`Tiski.open()`)
	b.until(`shadow().querySelector('.launcher').dataset.unread === ''`)
}

// reloads: what is on its way when the page is left is sent from the next one.
func (b *browser) reloads() {
	b.t.Helper()
	b.text(`(globalThis.fetch = () => Promise.reject(new TypeError('offline')), shadow().querySelector('textarea').focus())`)
	b.say("saako tuotteita vaihtaa")
	b.until(`shadow().querySelector('.pending .text')?.textContent === 'saako tuotteita vaihtaa'`)
	b.do(chromedp.Reload())
	b.until(`shadow() !== null && shadow().querySelector('.panel') !== null`)
	b.until(`said('customer').endsWith('saako tuotteita vaihtaa') && !shadow().querySelector('.pending') && sessionStorage.getItem('tiski.unsent') === null`)
	if all := b.text(`said('customer')`); strings.Count(all, "saako tuotteita vaihtaa") != 1 {
		b.t.Errorf("after a reload the customer has said\n%s", all)
	}
}

// greets: the shop's words stand beside the launcher when the page's rules say
// so, quietly, and not again once they were put away.
func (b *browser) greets() {
	b.t.Helper()
	greeting := func(rules string) {
		b.text(`Tiski.close(), document.querySelector('tiski-chat').remove()`)
		b.text(`document.body.append(Object.assign(document.createElement('div'), { innerHTML: '<tiski-chat data-lang="fi" data-greet="Autanko koon valinnassa?" data-greet-after="0" ` + rules + `></tiski-chat>' }))`)
	}
	const shown = `shadow().querySelector('.greeting') !== null`
	b.text(`localStorage.clear(), sessionStorage.clear()`)
	greeting(`data-greet-page="/kengat/*"`)
	b.until(`document.querySelector('tiski-chat').greeting.timer === undefined`)
	greeting(`data-greet-page="/kengat/* /" data-greet-cart="1"`)
	b.until(`document.querySelector('tiski-chat').greeting.due === true`)
	if b.text(shown) == "true" {
		b.t.Error("the greeting comes before there is anything in the cart")
	}
	b.text(`document.querySelector('tiski-chat').know({ cart: [{ sku: 'A' }] })`)
	b.until(shown)
	if focus := b.text(`document.activeElement.tagName`); focus != "BODY" {
		b.t.Errorf("the greeting takes the focus to %s", focus)
	}
	b.accessible("greeting")
	b.text(`shadow().querySelector('.greeting [aria-label]').click()`)
	b.until(`!shadow().querySelector('.greeting') && shadow().activeElement.className === 'launcher'`)
	greeting(``)
	b.until(`document.querySelector('tiski-chat').greeting.timer === undefined`)
}
