// How messages come: by a stream while somebody looks, by asking now and then
// otherwise and where streams do not get through. Of the tabs of a browser one
// holds the stream and passes on what it brings: an old proxy gives a browser
// six connections to a host, and the shop's pages need them.

import { jitter, second } from './time.js'

const firstByte = 5 * second // or the stream does not get through
const silence = 45 * second // the shop pings every 20 s
const turn = 25 * second // so long a tab waits for the stream before it asks itself

export class Stream {
  live = false // whether this tab holds a stream that brings

  constructor(talk) {
    this.talk = talk
    this.tabs = window.BroadcastChannel && new BroadcastChannel('tiski.messages')
    this.tabs?.addEventListener('message', ({ data }) => this.hear(data))
  }

  // run receives as long as there is a conversation.
  async run() {
    const { talk } = this
    let cuts = 0, faults = 0, streamAgain = 0
    while (talk.open || talk.session) {
      try {
        await talk.catchUp()
        faults = 0
      } catch {
        faults++
      }
      talk.on.away(faults > 1)
      if (faults) {
        await talk.sleep.for(jitter(Math.min(second * 2 ** faults, 30 * second)))
      } else if (!talk.watched) {
        await talk.sleep.for(30 * second)
      } else if (Date.now() < streamAgain) {
        await talk.sleep.for(document.hidden ? 15 * second : 3 * second)
      } else {
        const held = await this.hold()
        cuts = held < 10 * second && talk.watched ? cuts + 1 : 0
        if (cuts >= 3) [cuts, streamAgain] = [0, Date.now() + 300 * second]
        await talk.sleep.for(jitter(second))
      }
    }
  }

  // hold reads the stream once it is this tab's turn, and answers for how many
  // milliseconds it could; Infinity when another tab holds it.
  async hold() {
    this.ending = new AbortController()
    const { signal } = this.ending
    if (!navigator.locks) return this.read(signal)
    const waiting = setTimeout(() => this.end(), turn)
    try {
      return await navigator.locks.request('tiski.stream', { signal }, () => {
        clearTimeout(waiting)
        return this.read(signal)
      })
    } catch {
      return Infinity
    }
  }

  // read brings what the stream sends until it ends.
  async read(signal) {
    const began = Date.now()
    let guard = setTimeout(() => this.end(), firstByte)
    try {
      const response = await this.talk.call(`/events?after=${this.talk.last}`, { signal })
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      for (let rest = ''; ;) {
        const { value, done } = await reader.read()
        if (done) break
        this.live = true
        clearTimeout(guard)
        guard = setTimeout(() => this.end(), silence)
        const lines = (rest + value).split('\n')
        rest = lines.pop()
        for (const line of lines) if (line.startsWith('data: ')) this.talk.bring(JSON.parse(line.slice(6)))
      }
    } catch { /* run looks again */ }
    clearTimeout(guard)
    this.live = false
    return Date.now() - began
  }

  end() { this.ending?.abort() }

  // share passes a message of the stream on, with the number of the one before.
  share(m, before) {
    if (this.live) this.tabs?.postMessage({ conversation: this.talk.session?.conversation, m, before })
  }

  // hear takes what another tab passes on, unless one before it is missing here.
  hear({ conversation, m, before }) {
    const { talk } = this
    if (conversation !== talk.session?.conversation) return
    if (before <= talk.last) talk.bring(m)
    else talk.catchUp().catch(() => {})
  }
}
