// The launcher: all that a page loads before the customer opens the chat. It
// keeps nothing in the browser and asks nothing of any server by itself.
//
//   <script src="https://BOT/widget.js" defer data-lang="fi"></script>
//
// README.md tells of the other data- settings and of window.Tiski.

import css from './launcher.css'
import { el, icon } from './el.js'
import { Greeting } from './greeting.js'
import { attempt, kept, opened, unsent } from './kept.js'
import { words } from './words/launcher.js'

/* global PANEL – the path of the panel, with its version; set when this is built */

const script = document.currentScript
const home = new URL('.', script.src).href

const sheet = new CSSStyleSheet()
sheet.replaceSync(css)

class TiskiChat extends HTMLElement {
  unread = 0
  context = {}

  connectedCallback() {
    if (this.root) return
    const wish = (this.dataset.lang || document.documentElement.lang).slice(0, 2).toLowerCase()
    this.lang = wish in words ? wish : 'fi'
    this.words = words[this.lang]
    this.context.product = this.dataset.product
    this.home = home
    this.root = this.attachShadow({ mode: 'open' })
    this.root.adoptedStyleSheets = [sheet]
    this.launcher = el('button', { class: 'launcher', part: 'launcher', type: 'button', 'aria-expanded': 'false', onclick: () => this.open() },
      icon('M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z'))
    this.frame = el('div', { lang: this.lang, class: 'frame' }, this.launcher)
    this.root.append(this.frame)
    this.mark(0)
    this.greeting = new Greeting(this)
    document.addEventListener('click', (e) => {
      const text = e.target.closest?.('[data-tiski-ask]')?.dataset.tiskiAsk
      if (text) this.ask(text)
    })
    // A talk of an earlier page goes on.
    if (attempt(() => localStorage.getItem(kept) || sessionStorage.getItem(unsent))) {
      const again = attempt(() => sessionStorage.getItem(opened)) && !matchMedia('(max-width: 480px)').matches
      this.load().then((panel) => (again ? panel.open(false) : panel.follow())).catch(() => {})
    }
  }

  // load brings the panel, once; after a failure the next one tries anew.
  load() {
    return this.loading ??= import(home + PANEL + (this.failures ? `&${this.failures}` : '')).then(
      ({ Panel }) => (this.panel = new Panel(this)),
      (fault) => {
        this.loading = null
        this.failures = (this.failures ?? 0) + 1
        throw fault
      },
    )
  }

  async act(what) {
    this.launcher.setAttribute('aria-busy', 'true')
    try {
      what(await this.load())
    } catch {
      this.launcher.setAttribute('aria-label', this.words.failed)
    }
    this.launcher.removeAttribute('aria-busy')
  }

  open() { this.greeting.end(); return this.act((panel) => panel.open(true)) }
  close() { this.panel?.close() }
  ask(text) { this.greeting.end(); return this.act((panel) => { panel.open(true); panel.send({ text }) }) }

  // know takes what the page tells: the id or SKU of the product that it shows,
  // the goods in its cart, the identity of who is signed in.
  know(context) {
    this.context = { ...this.context, ...context }
    this.greeting.look()
    if (this.panel?.talk.open) this.panel.introduce()
  }

  // mark shows how many messages have not been seen.
  mark(unread) {
    this.unread = unread
    this.launcher.dataset.unread = unread || ''
    this.launcher.setAttribute('aria-label', this.words.open + (unread ? this.words.unread(unread) : ''))
  }

  // shown: the panel is open, and stands where the launcher was.
  shown(open) {
    this.launcher.hidden = open
    this.launcher.setAttribute('aria-expanded', String(open))
  }
}

customElements.define('tiski-chat', TiskiChat)

const chat = document.createElement('tiski-chat')
Object.assign(chat.dataset, script.dataset)
document.body.append(chat)

window.Tiski = {
  open: () => chat.open(),
  close: () => chat.close(),
  identify: (identity) => chat.know({ identity }),
  setContext: ({ product, cart }) => chat.know({ product, cart }),
}
