// The shop's own words beside the launcher, when the page asks for them:
//
//   data-greet="Autanko koon valinnassa?"
//   data-greet-page="/kengat/*"  on these pages only, separated by spaces
//   data-greet-after="20"        after so many seconds on the page; 10 without it
//   data-greet-cart="1"          when the page has told of a cart with so many goods
//
// It comes once on a page, without sound or focus, and not again after it was
// answered or put away.

import { el } from './el.js'
import { attempt, kept } from './kept.js'
import { second } from './time.js'

const over = 'tiski.greeted' // in sessionStorage, once the customer has put it away

const onPage = (patterns) => patterns.split(/\s+/).some((pattern) => {
  const parts = pattern.split('*').map((part) => part.replace(/[^\w/-]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(location.pathname)
})

export class Greeting {
  constructor(chat) {
    this.chat = chat
    const { greet, greetPage, greetAfter } = chat.dataset
    if (!greet || (greetPage && !onPage(greetPage)) || attempt(() => sessionStorage.getItem(over) || localStorage.getItem(kept))) return
    this.timer = setTimeout(() => { this.due = true; this.look() }, second * Number(greetAfter ?? 10))
  }

  // look greets when the time has come and the cart is as wished.
  look() {
    const { greet, greetCart } = this.chat.dataset
    if (!this.due || this.ended || this.node || (this.chat.context.cart?.length ?? 0) < (Number(greetCart) || 0)) return
    this.node = el('div', { class: 'greeting', part: 'greeting' },
      el('button', { type: 'button', class: 'words', onclick: () => this.chat.open() }, greet),
      el('button', { type: 'button', 'aria-label': this.chat.words.dismiss, onclick: () => {
        attempt(() => sessionStorage.setItem(over, '1'))
        this.end()
        this.chat.launcher.focus()
      } }, '×'))
    this.chat.frame.prepend(this.node)
  }

  end() {
    this.ended = true
    clearTimeout(this.timer)
    this.node?.remove()
  }
}
