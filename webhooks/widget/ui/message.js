// A message as it stands in the log.

import { cards } from './cards.js'
import { choices, link } from './choices.js'
import { el } from './el.js'

// An address, **stress**, or the number of an order, which stays on one line.
const marks = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])|\*\*([^*\n]+)\*\*|\b(T-\d{6})\b/g

// formatted is a text with its addresses as links and its **stress** strong.
export function formatted(text, words) {
  const parts = []
  let from = 0
  for (const m of text.matchAll(marks)) {
    parts.push(text.slice(from, m.index), m[1] ? link(m[1], m[1], words) : m[2] ? el('strong', {}, m[2]) : el('span', { class: 'whole' }, m[3]))
    from = m.index + m[0].length
  }
  return [...parts, text.slice(from)]
}

export function bubble(from, text, words, staff) {
  const node = el('div', { class: `message ${from}` })
  if (staff) node.append(el('div', { class: 'name' }, staff))
  if (text) node.append(el('div', { class: 'text', part: `message ${from}` }, ...(from === 'customer' ? [text] : formatted(text, words))))
  return node
}

// message shows what the shop says; press(button) is called for a button pressed.
export function message(m, home, words, press) {
  const node = bubble(m.from, m.text, words, m.staff)
  if (m.cards.length) node.append(cards(m.cards, home, words, press))
  if (m.buttons.length) node.append(choices(m.buttons, words, press))
  return node
}
