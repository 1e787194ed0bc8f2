// A message as it stands in the log.

import { cards } from './cards.js'
import { choices } from './choices.js'
import { address, el } from './el.js'
import { photo } from './photo.js'
import { formatted } from './text.js'

export function bubble(from, text, words, staff) {
  const node = el('div', { class: `message ${from}` })
  if (staff) node.append(el('div', { class: 'name' }, staff))
  if (text) node.append(el('div', { class: 'text', part: `message ${from}` }, ...(from === 'customer' ? [text] : formatted(text, words))))
  return node
}

// message shows what the shop says; press(button) is called for a button pressed.
export function message(m, home, words, press) {
  const node = bubble(m.from, m.text, words, m.staff)
  if (m.photo) node.append(photo(el('img', { src: address(m.photo, home), alt: words.photo, loading: 'lazy' })))
  if (m.cards.length) node.append(cards(m.cards, home, words, press))
  if (m.buttons.length) node.append(choices(m.buttons, words, press))
  return node
}
