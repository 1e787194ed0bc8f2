// Words as they are shown; never read as markup.

import { link } from './choices.js'
import { el } from './el.js'

// An address, **stress**, or the number of an order, which stays on one line.
const marks = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])|\*\*([^*\n]+)\*\*|\b(T-\d{6})\b/g

// unbroken keeps a line from ending at the hyphen of "Kaamos Pakkanen -talvikengät", and before a €.
export const unbroken = (text) => text.replace(/ -(?=\p{L})/gu, ' \u2011').replace(/(\d) €/g, '$1\u00a0€')

// formatted is a text with its addresses as links and its **stress** strong.
export function formatted(said, words) {
  const text = unbroken(said)
  const parts = []
  let from = 0
  for (const m of text.matchAll(marks)) {
    parts.push(text.slice(from, m.index), m[1] ? link(m[1], m[1], words) : m[2] ? el('strong', {}, m[2]) : el('span', { class: 'whole' }, m[3]))
    from = m.index + m[0].length
  }
  return [...parts, text.slice(from)]
}
