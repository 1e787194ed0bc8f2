// A talk is one conversation with the shop: it sends what the customer says,
// and brings each message once and in order.

import { attempt, kept, unsent } from './kept.js'
import { bytes } from './photo.js'
import { Stream } from './stream.js'
import { jitter, second, Sleep } from './time.js'

const maxTries = 7

const newID = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
const refusal = (response) => Object.assign(new Error(`status ${response.status}`), { status: response.status, wait: Number(response.headers.get('Retry-After')) * second })

// hopeless: the same again would be refused again.
const hopeless = ({ status }) => status >= 400 && status < 500 && ![401, 408, 429].includes(status)

export class Talk {
  last = 0 // the number of the last message brought
  open = false // whether somebody is looking
  known = false // whether all that was said before has been brought
  typed = 0 // when the shop was last told that the customer writes
  queue = []
  sleep = new Sleep()

  // on has message(m), known(), sent(item), refused(item), writes(name), busy(bool)
  // and away(bool).
  constructor(home, lang, on) {
    this.api = `${home}widget/v1`
    this.lang = lang
    this.on = on
    this.stream = new Stream(this)
    document.addEventListener('visibilitychange', () => {
      this.hiddenAt = Date.now()
      if (!document.hidden) this.look()
      else setTimeout(() => { if (!this.watched) this.leave() }, 61 * second)
    })
    for (const name of ['pageshow', 'online']) window.addEventListener(name, () => this.look())
  }

  get session() { return attempt(() => JSON.parse(localStorage.getItem(kept))) ?? this.memory }

  set session(session) {
    this.memory = session
    attempt(() => (session ? localStorage.setItem(kept, JSON.stringify(session)) : localStorage.removeItem(kept)))
  }

  get watched() { return this.open && !(document.hidden && Date.now() - this.hiddenAt > 60 * second) }

  start() { return this.starting ??= this.begin().finally(() => { this.starting = null }) }

  async begin() {
    if (this.session) return
    const response = await fetch(`${this.api}/session`, { method: 'POST', body: JSON.stringify({ lang: this.lang }) })
    if (!response.ok) throw refusal(response)
    this.session = await response.json()
  }

  async call(path, init = {}) {
    await this.start()
    const { token } = this.session
    const response = await fetch(this.api + path, { ...init, headers: { Authorization: `Bearer ${token}` } })
    if (response.status === 401 && this.session?.token === token) this.session = null
    if (!response.ok) throw refusal(response)
    return response
  }

  // say sends an item after those before it: {text}, {tap, label} or a {jpeg}, a data: address,
  // with a node that shows it, {product} that the page is of, its {cart}, or the {identity} of who is
  // signed in on it.
  say(item) {
    item.id ??= newID()
    item.tries = 0
    this.queue.push(item)
    this.keep()
    this.sending ??= this.sendAll().finally(() => { this.sending = null })
  }

  // keep keeps what is on its way over a reload and a change of the page; no pictures
  // when there are more of them than a browser keeps.
  keep() {
    const shown = this.queue.filter((item) => item.node).map(({ id, text, tap, label, jpeg }) => ({ id, text, tap, label, jpeg }))
    const put = (items) => attempt(() => (items.length ? sessionStorage.setItem(unsent, JSON.stringify(items)) : sessionStorage.removeItem(unsent), true))
    put(shown) ?? put(shown.filter((item) => !item.jpeg))
  }

  // sendAll sends in order; what fails is sent again with the same id, which
  // the shop handles once however often it comes.
  async sendAll() {
    this.on.busy(true)
    while (this.queue.length) {
      const item = this.queue[0]
      try {
        const newest = await this.post(item)
        this.queue.shift()
        this.keep()
        this.on.sent(item)
        setTimeout(() => { if (this.last < newest || !newest) this.catchUp().catch(() => {}) }, this.stream.live ? second : 0)
      } catch (fault) {
        if (hopeless(fault) || ++item.tries > maxTries) {
          this.queue.shift()
          this.keep()
          this.on.refused(item)
        } else {
          await this.sleep.for(fault.wait || jitter(Math.min(second * 2 ** item.tries, 20 * second)))
        }
      }
    }
    this.on.busy(false)
  }

  // post sends once, and answers the number of the newest message said to it.
  async post({ id, text, tap, label, jpeg, product, cart, identity }) {
    const path = jpeg ? `/photos?id=${id}` : product || cart ? '/context' : identity ? '/identify' : '/messages'
    const body = jpeg ? bytes(jpeg) : JSON.stringify({ id, text, tap, label, product, cart, identity })
    const { messages } = await (await this.call(path, { method: 'POST', body })).json()
    return messages.at(-1)?.seq ?? 0
  }

  // type tells the shop that the customer writes: no word of it, and now and then.
  type() {
    if (!this.session || Date.now() - this.typed < 4 * second) return
    this.typed = Date.now()
    this.call('/typing', { method: 'POST' }).catch(() => {})
  }

  // mail has the talk sent to an address.
  mail(email) { return this.call('/transcript', { method: 'POST', body: JSON.stringify({ id: newID(), email, lang: this.lang }) }) }

  async catchUp() {
    const { messages } = await (await this.call(`/messages?after=${this.last}`)).json()
    messages.forEach((m) => this.bring(m))
    if (!this.known) this.on.known()
    this.known = true
  }

  bring(m) {
    if (!m.typing && m.seq <= this.last) return
    this.stream.share(m, this.last)
    if (m.typing) return this.on.writes(m.typing)
    this.last = m.seq
    this.on.message(m)
  }

  // look: somebody has come, or is back; leave: nobody looks any more.
  look() {
    if (!this.open && !this.session) return
    this.running ??= this.stream.run().finally(() => { this.running = null })
    this.sleep.wake()
  }

  leave() { this.stream.end() }
}
