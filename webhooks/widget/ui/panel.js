// The open chat.

import { dayName } from './days.js'
import { el, icon } from './el.js'
import { attempt, kept, opened, seen, unsent } from './kept.js'
import { bubble, message } from './message.js'
import css from './panel.css'
import { chooser, photo, redrawn, shrunk } from './photo.js'
import { Talk } from './talk.js'
import { second } from './time.js'
import { download, keeper, written } from './transcript.js'
import { fit } from './viewport.js'
import { words } from './words/panel.js'

const sheet = new CSSStyleSheet()
sheet.replaceSync(css)

export class Panel {
  writer = '' // the member of staff who writes
  pending = [] // own messages that the log has not brought yet
  messages = [] // what it has brought
  seen = Number(attempt(() => localStorage.getItem(seen))) || 0 // the number of the last one seen

  constructor(chat) {
    this.chat = chat
    this.words = words[chat.lang]
    chat.root.adoptedStyleSheets = [...chat.root.adoptedStyleSheets, sheet]
    fit(chat.root)
    this.build()
    this.talk = new Talk(chat.home, chat.lang, {
      message: (m) => this.show(m), known: () => this.log.removeAttribute('aria-live'), sent: (item) => this.sent(item), refused: (item) => this.refuse(item),
      writes: (name) => this.writes(name),
      busy: (busy) => { this.busy = busy; this.tell() },
      away: (away) => { this.away = away; this.tell() },
    })
    for (const item of attempt(() => JSON.parse(sessionStorage.getItem(unsent))) ?? []) this.send(item)
  }

  build() {
    const w = this.words
    const { privacy } = this.chat.dataset
    const tool = (label, path, act) => el('button', { type: 'button', 'aria-label': label, title: label, onclick: act }, icon(path))
    this.hint = el('p', {}, w.hint)
    // What was said on an earlier page is not read out again.
    const before = attempt(() => localStorage.getItem(kept))
    this.log = el('div', { class: 'log', role: 'log', 'aria-live': before && 'off', 'aria-label': w.log, tabindex: 0 })
    this.keeper = keeper(w, () => this.save(), (email) => this.talk.mail(email))
    this.status = el('div', { class: 'status', role: 'status' })
    this.input = el('textarea', { rows: 1, placeholder: w.write, 'aria-label': w.write, enterkeyhint: 'send', onkeydown: (e) => { this.shift = e.shiftKey }, oninput: () => this.talk.type(), onbeforeinput: (e) => {
      if (this.shift || !['insertLineBreak', 'insertParagraph'].includes(e.inputType)) return
      e.preventDefault() // Enter sends, whatever the keyboard calls it; Shift+Enter is a new line
      this.submit()
    } })
    this.node = el('section', { class: 'panel', part: 'panel', 'aria-label': w.title, hidden: true, onkeydown: (e) => { if (e.key === 'Escape') this.close() } },
      el('div', { class: 'head', part: 'head' }, el('div', {}, el('h2', {}, w.title), this.hint),
        tool(w.cart, 'M2 3h3l2.6 11h10.4l2.5-8H7.2L6.7 4.5 6.5 3zM9 17a2 2 0 1 0 .01 0zM17 17a2 2 0 1 0 .01 0z', () => this.send({ tap: 'cart', label: w.cart })),
        tool(w.save, 'M11 3h2v9l3.5-3.5L18 10l-6 6-6-6 1.5-1.5L11 12zM4 19h16v2H4z', (e) => this.keep(e.currentTarget)),
        tool(w.close, 'M5.4 4 12 10.6 18.6 4 20 5.4 13.4 12l6.6 6.6-1.4 1.4-6.6-6.6L5.4 20 4 18.6 10.6 12 4 5.4z', () => this.close())),
      this.keeper, this.log, this.status,
      el('form', { onsubmit: (e) => { e.preventDefault(); this.submit() } },
        ...chooser(w.sendPhoto, icon('M9 4 7.5 6H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V8a2 2 0 0 0-2-2h-3.5L15 4zm3 4.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zm0 2a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z'), (file) => this.sendPhoto(file)),
        this.input, el('button', { type: 'submit' }, w.send)),
      privacy ? el('p', { class: 'privacy' }, el('a', { href: privacy, target: '_blank', rel: 'noopener' }, w.privacy)) : '')
    this.chat.frame.append(this.node)
  }

  open(byHand) {
    this.node.hidden = false
    this.chat.shown(true)
    this.chat.mark(0)
    this.talk.open = true
    this.see(Math.max(this.seen, this.talk.last))
    this.introduce()
    attempt(() => sessionStorage.setItem(opened, '1'))
    this.talk.look()
    this.log.scrollTop = this.log.lastElementChild?.offsetTop ?? 0
    // On a phone the keyboard would hide the greeting.
    if (byHand) (matchMedia('(pointer: coarse)').matches ? this.log : this.input).focus()
  }

  // follow brings the messages of an earlier page's talk, to count those not seen.
  follow() { this.talk.look() }

  close() {
    if (this.node.hidden) return
    this.node.hidden = true
    this.chat.shown(false)
    this.talk.open = false
    attempt(() => sessionStorage.removeItem(opened))
    this.talk.leave()
    this.chat.launcher.focus()
  }

  // see notes that a message and those before it have been seen, for later pages.
  see(seq) {
    this.seen = seq
    attempt(() => localStorage.setItem(seen, seq))
  }

  submit() {
    const text = this.input.value.trim()
    this.input.value = ''
    this.input.focus()
    if (text) this.send({ text })
  }

  press({ tap, label }) {
    this.send({ tap, label })
    this.input.focus({ preventScroll: true })
  }

  async sendPhoto(file) {
    try {
      const { canvas, jpeg } = await shrunk(file, this.words.photo)
      this.send({ canvas, jpeg })
    } catch {
      this.add(el('div', { class: 'failed' }, this.words.unreadable))
    }
    this.input.focus({ preventScroll: true })
  }

  // send shows an own message at once; the log brings it again with its number.
  send(item) {
    item.node = bubble('customer', item.text ?? item.label, this.words)
    if (item.jpeg) item.node.append(photo(item.canvas ?? redrawn(item.jpeg, this.words.photo)))
    item.node.classList.add('pending')
    this.endChoices()
    this.pending.push(item)
    this.add(item.node)
    this.introduce()
    this.talk.say(item)
  }

  // introduce tells the conversation what the page has told of itself and of
  // who is signed in on it.
  introduce() {
    const { product, identity, cart } = this.chat.context
    const lines = cart && JSON.stringify(cart.slice(0, 50).flatMap(({ sku, qty = 1 }) => (sku ? [{ sku: String(sku), qty: Number(qty) || 1 }] : [])))
    if (lines && lines !== (this.lines ?? '[]')) this.talk.say({ cart: JSON.parse(this.lines = lines) })
    if (identity && identity !== this.identity) this.talk.say({ identity: this.identity = identity })
    if (product && product !== this.product) this.talk.say({ product: this.product = product })
  }

  // sent: the shop has it. That is said until it is answered.
  sent(item) {
    this.delivered?.remove()
    if (item.node && item.node === this.log.lastElementChild) item.node.append(this.delivered = el('div', { class: 'state' }, this.words.delivered))
  }

  refuse(item) {
    if (!item.node) return
    const again = el('button', { type: 'button', onclick: () => {
      note.remove()
      this.pending.push(item)
      this.talk.say(item)
      this.input.focus()
    } }, this.words.again)
    const note = el('div', { class: 'failed' }, item.jpeg ? this.words.photoFailed : this.words.failed, ' ', again)
    this.pending = this.pending.filter((p) => p !== item)
    item.node.append(note)
    note.scrollIntoView({ block: 'nearest' })
  }

  show(m) {
    this.messages.push(m)
    if (this.talk.open) this.see(m.seq)
    else if (m.seq > this.seen && m.from !== 'customer') this.chat.mark(this.chat.unread + 1)
    this.separate(m)
    if (m.from === 'customer') {
      this.endChoices()
      if (this.settle(m)) return
    }
    this.delivered?.remove()
    if (m.from === 'staff') this.writes('')
    if (m.from === 'bot' || m.from === 'staff') {
      this.hint.textContent = m.from === 'staff' ? this.words.staff(m.staff) : this.words.hint
    }
    this.add(message(m, this.chat.home, this.words, (b) => this.press(b)))
  }

  // settle: an own message that is shown already has come back; it is not shown,
  // nor read out, again. The shop may have changed its words, hidden a card's
  // number; but not while it tells what was said before.
  settle(m) {
    const own = this.pending.find((p) => (m.photo ? p.jpeg && m.photo.includes(`/${p.id}/`) : (p.text ?? p.label) === m.text)) ?? (this.talk.known ? this.pending[0] : undefined)
    if (!own) return false
    this.pending = this.pending.filter((p) => p !== own)
    own.node.classList.remove('pending')
    if (m.text) own.node.querySelector('.text').textContent = m.text
    return true
  }

  // separate says which day it is when that changes.
  separate(m) {
    const day = dayName(new Date(m.at), this.chat.lang, this.words)
    if (day !== this.day) this.add(el('p', { class: 'day' }, day))
    this.day = day
  }

  endChoices() { this.log.querySelectorAll('.message > .buttons').forEach((old) => old.remove()) }

  // add keeps own messages that are still on their way last, in their order.
  add(node) {
    const own = this.pending.some((p) => p.node === node)
    this.log.insertBefore(node, own ? null : this.pending.find((p) => p.node.parentNode)?.node ?? null)
    this.log.scrollTop = node.offsetTop - this.log.offsetTop - 8 // a long message is read from its beginning
  }

  keep(tool) {
    this.keeper.hidden = !this.keeper.hidden
    tool.setAttribute('aria-expanded', String(!this.keeper.hidden))
    if (!this.keeper.hidden) this.keeper.querySelector('button').focus()
  }

  save() { download(written(this.messages, this.chat.lang, this.words), `${this.words.file}.txt`) }

  // writes: the member of staff of this name does, or nobody any more.
  writes(name) {
    clearTimeout(this.fading)
    if (name) this.fading = setTimeout(() => this.writes(''), 8 * second)
    if (name === this.writer) return
    this.writer = name
    this.tell()
  }

  tell() {
    const dots = [el('i'), el('i'), el('i')], w = this.words
    const said = this.away ? [w.away] : this.writer ? [...dots, w.writes(this.writer)] : this.busy ? [...dots, el('span', { class: 'unseen' }, w.typing)] : []
    this.status.replaceChildren(...said)
  }
}
