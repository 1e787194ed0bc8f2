// Buttons and links that a message offers.

import { el } from './el.js'

const safe = /^(https?|mailto|tel):/i

export const link = (url, text, words) => el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, text, el('span', { class: 'unseen' }, ` (${words.newTab})`))

// choices shows buttons; press(button) is called for the one pressed. The arrow
// keys go from one to the next.
export function choices(buttons, words, press) {
  const all = buttons.flatMap((b) => {
    if (b.url) return safe.test(b.url) ? [link(b.url, b.label, words)] : []
    return [el('button', { type: 'button', class: b.tap.startsWith('order:') ? 'order' : undefined, onclick: () => press(b) }, b.label)]
  })
  return el('div', { class: 'buttons', role: 'group', 'aria-label': words.choices, onkeydown: (e) => {
    const to = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key]
    const at = all.indexOf(e.target)
    if (!to || at < 0) return
    e.preventDefault()
    all.at((at + to) % all.length).focus()
  } }, ...all)
}
