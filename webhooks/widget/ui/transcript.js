// What has been said, as a text file for the customer to keep.

import { el } from './el.js'

const speaker = (m, words) => ({ customer: words.you, bot: words.bot, staff: m.staff })[m.from] ?? ''

// written is a line for each message: when, who, what.
export function written(messages, lang, words) {
  const when = new Intl.DateTimeFormat(lang, { dateStyle: 'short', timeStyle: 'short' })
  return messages.map((m) => {
    const said = [m.text, m.photo && `[${words.photo}]`, ...m.cards.map((c) => `  ${c.title}, ${c.price}`), ...m.buttons.filter((b) => b.url).map((b) => `  ${b.label}: ${b.url}`)]
    return `${when.format(new Date(m.at))} ${speaker(m, words)}\n${said.filter(Boolean).join('\n')}\n`
  }).join('\n')
}

// download gives the customer a text as a file.
export function download(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  el('a', { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 10000)
}

// keeper is what opens under the head to save the conversation: as a file, or by
// e-mail, which mail(address) asks for.
export function keeper(words, save, mail) {
  const told = el('p', { role: 'status' })
  const address = el('input', { type: 'email', required: true, autocomplete: 'email', maxlength: 254, placeholder: words.address, 'aria-label': words.address })
  return el('div', { class: 'keep', hidden: true }, el('button', { type: 'button', onclick: save }, words.download),
    el('form', { onsubmit: async (e) => {
      e.preventDefault()
      told.textContent = ''
      try {
        await mail(address.value)
        told.textContent = words.mailed(address.value)
      } catch ({ status }) {
        told.textContent = status === 429 ? words.mailedOften : words.notMailed
      }
    } }, address, el('button', { type: 'submit' }, words.mail)), told)
}
