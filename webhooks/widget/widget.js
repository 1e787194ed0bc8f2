// The chat of a shop's page. To use it:
//
//   <script type="module" src="https://BOT/widget.js"></script>
//   <tiski-chat data-lang="fi"></tiski-chat>
//
// data-lang is fi, sv or en; without it the page's language. An element with
// data-tiski-ask="…" opens the chat and asks that. The colour is --tiski-accent.

const api = new URL('/widget/v1', import.meta.url).href
const kept = 'tiski.session' // in localStorage, from the first opening of the chat
const second = 1000

const words = {
  fi: {
    title: 'Tekoälyavustaja', hint: 'Voit pyytää ihmistä milloin tahansa', staff: (name) => `Sinua palvelee nyt ${name}`,
    open: 'Avaa keskustelu', unread: 'Avaa keskustelu, uusia viestejä', close: 'Sulje keskustelu', log: 'Keskustelu', write: 'Kirjoita viesti', send: 'Lähetä',
    typing: 'Avustaja kirjoittaa', away: 'Yhteys katkesi. Yritetään uudelleen…', failed: 'Viesti ei lähtenyt.', again: 'Lähetä uudelleen', products: 'Tuotteet',
  },
  sv: {
    title: 'AI-assistent', hint: 'Du kan be om en människa när som helst', staff: (name) => `Nu betjänas du av ${name}`,
    open: 'Öppna chatten', unread: 'Öppna chatten, nya meddelanden', close: 'Stäng chatten', log: 'Samtal', write: 'Skriv ett meddelande', send: 'Skicka',
    typing: 'Assistenten skriver', away: 'Anslutningen bröts. Försöker igen…', failed: 'Meddelandet skickades inte.', again: 'Skicka igen', products: 'Produkter',
  },
  en: {
    title: 'AI assistant', hint: 'You can ask for a person at any time', staff: (name) => `${name} is helping you now`,
    open: 'Open the chat', unread: 'Open the chat, new messages', close: 'Close the chat', log: 'Conversation', write: 'Write a message', send: 'Send',
    typing: 'The assistant is typing', away: 'The connection was lost. Trying again…', failed: 'The message was not sent.', again: 'Send again', products: 'Products',
  },
}

const sheet = new CSSStyleSheet()
sheet.replaceSync(`
:host { --accent: var(--tiski-accent, #1d5c57); --on: #fff; --bg: #fff; --soft: #f0f2f1; --ink: #1b2423; --dim: #56625f; --line: #d5dbd9;
  position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; font: 16px/1.45 system-ui, sans-serif; color: var(--ink) }
@media (prefers-color-scheme: dark) { :host { --accent: var(--tiski-accent-dark, #7fc9bf); --on: #10211f; --bg: #18201f; --soft: #26302f; --ink: #e9efee; --dim: #a7b3b0; --line: #3b4746 } }
* { box-sizing: border-box } [hidden] { display: none !important }
a, button, textarea { font: inherit; color: inherit } button { cursor: pointer }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.launcher { position: relative; width: 60px; height: 60px; border: 0; border-radius: 50%; background: var(--accent); color: var(--on); box-shadow: 0 4px 16px #0005 }
.launcher::before { content: ''; display: block; width: 28px; height: 24px; margin: 3px auto 0; background: currentColor; clip-path: path('M4 0h20a4 4 0 0 1 4 4v10a4 4 0 0 1-4 4H14l-6 6v-6H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z') }
.launcher.unread::after { content: ''; position: absolute; top: 2px; right: 2px; width: 14px; height: 14px; border-radius: 50%; background: #d9363e; border: 2px solid var(--bg) }
.panel { position: absolute; right: 0; bottom: 0; width: 392px; height: min(680px, calc(100dvh - 32px)); display: flex; flex-direction: column;
  background: var(--bg); border: 1px solid var(--line); border-radius: 16px; overflow: hidden; box-shadow: 0 8px 40px #0004 }
.head { display: flex; align-items: center; gap: 8px; padding: 12px 8px 12px 16px; background: var(--accent); color: var(--on) }
.head h2 { font-size: 17px; margin: 0 } .head p { font-size: 13px; margin: 0 } .head div { flex: 1; min-width: 0; overflow-wrap: anywhere }
.head button { width: 44px; height: 44px; border: 0; border-radius: 50%; background: none; color: inherit; font-size: 24px; line-height: 1 } .head :focus-visible { outline-color: var(--on) }
.log { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 16px; display: flex; flex-direction: column; gap: 8px }
.message { display: flex; flex-direction: column; gap: 8px; max-width: 100% } .name { font-size: 13px; color: var(--dim) }
.text { align-self: flex-start; max-width: 88%; padding: 9px 14px; border-radius: 16px 16px 16px 4px; background: var(--soft); white-space: pre-wrap; overflow-wrap: anywhere }
.customer .text { align-self: flex-end; border-radius: 16px 16px 4px 16px; background: var(--accent); color: var(--on) }
.system .text { align-self: center; background: none; color: var(--dim); font-size: 14px; text-align: center }
.pending .text { opacity: .65 } .failed { align-self: flex-end; font-size: 14px; color: var(--dim) }
.buttons { display: flex; flex-wrap: wrap; gap: 8px }
.buttons button, .buttons a, .failed button { min-height: 44px; padding: 8px 14px; border: 1px solid var(--accent); border-radius: 22px; background: none; color: var(--ink);
  text-decoration: none; text-align: start; overflow-wrap: anywhere } .failed button { min-height: 32px; padding: 2px 12px }
.buttons :hover { background: var(--soft) } .buttons .order { background: var(--accent); color: var(--on); font-weight: 600; flex-basis: 100%; text-align: center }
.cards { display: flex; gap: 10px; overflow-x: auto; scrollbar-width: thin; scroll-snap-type: x proximity; margin: 0 -16px; padding: 2px 16px 8px; scroll-padding: 0 16px }
.card { flex: 0 0 212px; display: flex; flex-direction: column; scroll-snap-align: start; border: 1px solid var(--line); border-radius: 14px; overflow: hidden }
.card img { width: 100%; height: 130px; object-fit: contain; background: #f6f5f1; padding: 8px } .card h3 { font-size: 15px; line-height: 1.3; margin: 10px 12px 2px; overflow-wrap: anywhere }
.card p { margin: 0 12px 4px; font-size: 14px; color: var(--dim); white-space: pre-line } .card .price { color: var(--ink); font-weight: 600; font-size: 15px }
.card .buttons { margin-top: auto; padding: 8px 12px 12px } .card .buttons > * { flex: 1 1 auto; text-align: center; font-size: 14px; padding: 8px 10px }
.status { min-height: 24px; padding: 0 16px; font-size: 14px; color: var(--dim) } .status span { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap }
.status i { display: inline-block; width: 7px; height: 7px; margin-right: 5px; border-radius: 50%; background: var(--dim); animation: dot 1.2s infinite } .status i:nth-child(2) { animation-delay: .2s } .status i:nth-child(3) { animation-delay: .4s }
@keyframes dot { 50% { opacity: .25 } } @media (prefers-reduced-motion: reduce) { .status i { animation: none } }
form { display: flex; gap: 8px; padding: 8px 12px 12px; border-top: 1px solid var(--line) }
textarea { flex: 1; min-width: 0; min-height: 44px; max-height: 120px; resize: none; padding: 9px 12px; border: 1px solid var(--dim); border-radius: 12px; background: var(--bg); field-sizing: content }
form button { min-width: 44px; padding: 0 14px; border: 0; border-radius: 12px; background: var(--accent); color: var(--on); font-weight: 600 }
@media (max-width: 480px) { .panel { position: fixed; inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0 } }
`)

const jitter = (ms) => ms * (0.75 + Math.random() / 2)
const newID = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
const refusal = (response) => Object.assign(new Error(`status ${response.status}`), { status: response.status, wait: Number(response.headers.get('Retry-After')) * second })

// attempt is for the storage, which a browser may have switched off.
const attempt = (act) => { try { return act() } catch { return undefined } }

// Talk is one conversation with the shop: it sends, and brings each message
// once and in order.
class Talk {
  last = 0 // the number of the last message brought
  open = false // whether somebody is looking
  queue = []
  sleepers = new Set()

  constructor(lang, on) {
    this.lang = lang
    this.on = on // message(m), refused(item), busy(bool), away(bool)
  }

  get session() { return attempt(() => JSON.parse(localStorage.getItem(kept))) ?? this.memory }

  set session(session) {
    this.memory = session
    attempt(() => (session ? localStorage.setItem(kept, JSON.stringify(session)) : localStorage.removeItem(kept)))
  }

  start() { return this.starting ??= this.begin().finally(() => { this.starting = null }) }

  async begin() {
    if (this.session) return
    const response = await fetch(`${api}/session`, { method: 'POST', body: JSON.stringify({ lang: this.lang }) })
    if (!response.ok) throw refusal(response)
    this.session = await response.json()
  }

  async call(path, init = {}) {
    await this.start()
    const { token } = this.session
    const response = await fetch(api + path, { ...init, headers: { Authorization: `Bearer ${token}` } })
    if (response.status === 401 && this.session?.token === token) this.session = null
    if (!response.ok) throw refusal(response)
    return response
  }

  say(item) {
    item.id ??= newID()
    item.tries = 0
    this.queue.push(item)
    this.sending ??= this.sendAll().finally(() => { this.sending = null })
  }

  // sendAll sends in order; what fails is sent again with the same id, which
  // the shop handles once however often it comes.
  async sendAll() {
    this.on.busy(true)
    while (this.queue.length) {
      const item = this.queue[0]
      try {
        const body = JSON.stringify({ id: item.id, text: item.text, tap: item.tap, label: item.label })
        const { messages } = await (await this.call('/messages', { method: 'POST', body })).json()
        this.queue.shift()
        const newest = messages.at(-1)?.seq ?? 0
        setTimeout(() => { if (this.last < newest || !newest) this.catchUp().catch(() => {}) }, this.live ? second : 0)
      } catch (fault) {
        const hopeless = fault.status >= 400 && fault.status < 500 && ![401, 408, 429].includes(fault.status)
        if (hopeless || ++item.tries > 7) {
          this.queue.shift()
          this.on.refused(item)
        } else {
          await this.sleep(fault.wait || jitter(Math.min(second * 2 ** item.tries, 20 * second)))
        }
      }
    }
    this.on.busy(false)
  }

  async catchUp() {
    const { messages } = await (await this.call(`/messages?after=${this.last}`)).json()
    messages.forEach((m) => this.bring(m))
  }

  bring(m) {
    if (m.seq <= this.last) return
    this.last = m.seq
    this.on.message(m)
  }

  // run receives as long as there is a conversation: by a stream while somebody
  // looks, by asking now and then otherwise and where streams do not get through.
  async run() {
    let cuts = 0, faults = 0, streamAgain = 0
    while (this.open || this.session) {
      try {
        await this.catchUp()
        this.known = true // what comes now is new
        faults = 0
      } catch {
        faults++
      }
      this.on.away(faults > 1)
      if (faults) {
        await this.sleep(jitter(Math.min(second * 2 ** faults, 30 * second)))
      } else if (!this.watched) {
        await this.sleep(30 * second)
      } else if (Date.now() < streamAgain) {
        await this.sleep(document.hidden ? 15 * second : 3 * second)
      } else {
        const began = Date.now()
        await this.streamOnce()
        cuts = Date.now() - began < 10 * second && this.watched ? cuts + 1 : 0
        if (cuts >= 3) [cuts, streamAgain] = [0, Date.now() + 300 * second]
        await this.sleep(jitter(second))
      }
    }
  }

  get watched() { return this.open && !(document.hidden && Date.now() - this.hiddenAt > 60 * second) }

  // streamOnce lets only one tab of a browser hold a stream: an old proxy gives
  // a browser six connections to a host, and the shop's pages need them.
  streamOnce() {
    if (!navigator.locks) return this.stream()
    return navigator.locks.request('tiski.stream', { ifAvailable: true }, (lock) => (lock ? this.stream() : this.sleep(3 * second)))
  }

  async stream() {
    const ending = this.ending = new AbortController()
    let guard = setTimeout(() => ending.abort(), 5 * second)
    try {
      const response = await this.call(`/events?after=${this.last}`, { signal: ending.signal })
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      for (let rest = ''; ;) {
        const { value, done } = await reader.read()
        if (done) break
        this.live = true
        clearTimeout(guard)
        guard = setTimeout(() => ending.abort(), 45 * second) // the shop pings every 20 s
        const lines = (rest + value).split('\n')
        rest = lines.pop()
        for (const line of lines) if (line.startsWith('data: ')) this.bring(JSON.parse(line.slice(6)))
      }
    } catch { /* run looks again */ }
    clearTimeout(guard)
    this.live = false
  }

  sleep(ms) {
    return new Promise((done) => {
      const wake = () => { clearTimeout(timer); this.sleepers.delete(wake); done() }
      const timer = setTimeout(wake, ms)
      this.sleepers.add(wake)
    })
  }

  // look: somebody has come, or is back; leave: nobody looks any more.
  look() {
    this.running ??= this.run().finally(() => { this.running = null })
    this.sleepers.forEach((wake) => wake())
  }

  leave() { this.ending?.abort() }
}

// el makes an element; text is never read as markup.
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value)
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value)
  }
  node.append(...children)
  return node
}

const link = (url, text) => el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, text)
const linked = (text) => text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/).map((part, i) => (i % 2 ? link(part, part) : part))

class TiskiChat extends HTMLElement {
  connectedCallback() {
    if (this.talk) return
    const wish = (this.dataset.lang || document.documentElement.lang).slice(0, 2).toLowerCase()
    const lang = wish in words ? wish : 'fi'
    this.words = words[lang]
    this.pending = [] // own messages that the log has not brought yet
    this.build(lang)
    this.talk = new Talk(lang, {
      message: (m) => this.show(m), refused: (item) => this.refuse(item),
      busy: (busy) => { this.busy = busy; this.tell() },
      away: (away) => { this.away = away; this.tell() },
    })
    document.addEventListener('click', (e) => {
      const text = e.target.closest?.('[data-tiski-ask]')?.dataset.tiskiAsk
      if (text) { this.open(true); this.send({ text }) }
    })
    document.addEventListener('visibilitychange', () => {
      this.talk.hiddenAt = Date.now()
      if (!document.hidden) this.talk.look()
      else setTimeout(() => { if (!this.talk.watched) this.talk.leave() }, 61 * second)
    })
    for (const name of ['pageshow', 'online']) window.addEventListener(name, () => this.talk.look())
    if (this.talk.session && attempt(() => sessionStorage.getItem('tiski.open')) && !this.narrow.matches) this.open(false)
  }

  build(lang) {
    const w = this.words
    this.narrow = matchMedia('(max-width: 480px)')
    this.launcher = el('button', { class: 'launcher', type: 'button', 'aria-label': w.open, 'aria-expanded': 'false', onclick: () => this.open(true) })
    this.hint = el('p', {}, w.hint)
    this.log = el('div', { class: 'log', role: 'log', 'aria-label': w.log, tabindex: 0 })
    this.status = el('div', { class: 'status', role: 'status' })
    this.input = el('textarea', { rows: 1, placeholder: w.write, 'aria-label': w.write, enterkeyhint: 'send', onkeydown: (e) => { this.shift = e.shiftKey }, onbeforeinput: (e) => {
      if (this.shift || !['insertLineBreak', 'insertParagraph'].includes(e.inputType)) return
      e.preventDefault() // Enter sends, whatever the keyboard calls it; Shift+Enter is a new line
      this.submit()
    } })
    this.panel = el('section', { class: 'panel', 'aria-label': w.title, hidden: true, onkeydown: (e) => { if (e.key === 'Escape') this.close() } },
      el('div', { class: 'head' }, el('div', {}, el('h2', {}, w.title), this.hint), el('button', { type: 'button', 'aria-label': w.close, onclick: () => this.close() }, '×')),
      this.log, this.status,
      el('form', { onsubmit: (e) => { e.preventDefault(); this.submit() } }, this.input, el('button', { type: 'submit' }, w.send)))
    const root = this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [sheet]
    root.append(el('div', { lang }, this.launcher, this.panel))
  }

  open(byHand) {
    this.panel.hidden = false
    this.launcher.hidden = true
    this.launcher.setAttribute('aria-expanded', 'true')
    this.mark(false)
    this.talk.open = true
    attempt(() => sessionStorage.setItem('tiski.open', '1'))
    this.talk.look()
    this.log.scrollTop = this.log.lastElementChild?.offsetTop ?? 0
    // On a phone the keyboard would hide the greeting.
    if (byHand) (matchMedia('(pointer: coarse)').matches ? this.log : this.input).focus()
  }

  close() {
    this.panel.hidden = true
    this.launcher.hidden = false
    this.launcher.setAttribute('aria-expanded', 'false')
    this.talk.open = false
    attempt(() => sessionStorage.removeItem('tiski.open'))
    this.talk.leave()
    this.launcher.focus()
  }

  submit() {
    const text = this.input.value.trim()
    this.input.value = ''
    this.input.focus()
    if (text) this.send({ text })
  }

  // send shows an own message at once; the log brings it again with its number.
  send(item) {
    item.node = this.bubble('customer', item.text ?? item.label)
    item.node.classList.add('pending')
    this.pending.push(item)
    this.log.querySelectorAll('.message > .buttons').forEach((old) => old.remove())
    this.add(item.node)
    this.talk.say(item)
  }

  refuse(item) {
    const again = el('button', { type: 'button', onclick: () => {
      note.remove()
      this.pending.push(item)
      this.talk.say(item)
    } }, this.words.again)
    const note = el('div', { class: 'failed' }, this.words.failed, ' ', again)
    this.pending = this.pending.filter((p) => p !== item)
    item.node.append(note)
  }

  show(m) {
    if (m.from === 'customer') {
      this.pending.shift()?.node.remove()
      this.log.querySelectorAll('.message > .buttons').forEach((old) => old.remove())
    } else if (m.from !== 'system') {
      this.hint.textContent = m.from === 'staff' ? this.words.staff(m.staff) : this.words.hint
    }
    const node = this.bubble(m.from, m.text, m.staff)
    if (m.cards.length) node.append(el('div', { class: 'cards', role: 'group', 'aria-label': this.words.products, tabindex: 0 }, ...m.cards.map((c) => this.card(c))))
    if (m.buttons.length) node.append(this.buttons(m.buttons))
    this.add(node)
    if (!this.talk.open && this.talk.known) this.mark(true)
  }

  // add keeps own messages that are still on their way last.
  add(node) {
    this.log.insertBefore(node, this.pending.find((p) => p.node !== node && p.node.parentNode)?.node ?? null)
    this.log.scrollTop = node.offsetTop - this.log.offsetTop - 8 // a long message is read from its beginning
  }

  bubble(from, text, staff) {
    const node = el('div', { class: `message ${from}` })
    if (staff) node.append(el('div', { class: 'name' }, staff))
    if (text) node.append(el('div', { class: 'text' }, ...(from === 'customer' ? [text] : linked(text))))
    return node
  }

  card(c) {
    const picture = c.image && el('img', { src: new URL(c.image, import.meta.url).href, alt: '', loading: 'lazy', onerror: (e) => e.target.remove() })
    return el('article', { class: 'card' }, picture || '', el('h3', {}, c.title.replaceAll(' -', ' \u2011')), el('p', { class: 'price' }, c.price), c.text ? el('p', {}, c.text) : '', this.buttons(c.buttons))
  }

  buttons(all) {
    return el('div', { class: 'buttons' }, ...all.map((b) => {
      if (b.url) return /^(https?|mailto|tel):/i.test(b.url) ? link(b.url, b.label) : ''
      return el('button', { type: 'button', class: b.tap.startsWith('order:') ? 'order' : undefined, onclick: () => {
        this.send({ tap: b.tap, label: b.label })
        this.input.focus({ preventScroll: true })
      } }, b.label)
    }))
  }

  mark(unread) {
    this.launcher.classList.toggle('unread', unread)
    this.launcher.setAttribute('aria-label', unread ? this.words.unread : this.words.open)
  }

  tell() {
    const said = this.away ? [this.words.away] : this.busy ? [el('i'), el('i'), el('i'), el('span', {}, this.words.typing)] : []
    this.status.replaceChildren(...said)
  }
}

customElements.define('tiski-chat', TiskiChat)
