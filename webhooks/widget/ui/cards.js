// Products side by side, with arrows when they do not fit.

import { choices } from './choices.js'
import { address, el, icon } from './el.js'
import { unbroken } from './text.js'

// cards shows products; press(button) is called for a button pressed.
export function cards(products, home, words, press) {
  const row = el('div', { class: 'cards', role: 'group', 'aria-label': words.products, tabindex: 0 }, ...products.map((p) => card(p, home, words, press)))
  const arrow = (to, label, path) => el('button', { type: 'button', 'aria-label': label, onclick: () => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    row.scrollBy({ left: to * row.clientWidth * 0.8, behavior: calm ? 'instant' : 'smooth' })
  } }, icon(path))
  const back = arrow(-1, words.previous, 'M15.5 4 7.5 12l8 8 1.5-1.5L10.5 12 17 5.5z')
  const on = arrow(1, words.next, 'M8.5 4l8 8-8 8L7 18.5 13.5 12 7 5.5z')
  const arrows = el('div', { class: 'arrows' }, back, on)
  const measure = () => {
    const room = row.scrollWidth - row.clientWidth
    arrows.hidden = room <= 0
    back.setAttribute('aria-disabled', String(row.scrollLeft < 2))
    on.setAttribute('aria-disabled', String(row.scrollLeft > room - 2))
  }
  row.addEventListener('scroll', measure, { passive: true })
  new ResizeObserver(measure).observe(row)
  return el('div', { class: 'shelf' }, row, arrows)
}

function card(p, home, words, press) {
  const src = p.image && address(p.image, home)
  const picture = src && el('img', { src, alt: '', loading: 'lazy', onerror: (e) => e.target.remove() })
  return el('article', { class: 'card', part: 'card' }, picture || '', el('h3', {}, unbroken(p.title)),
    el('p', { class: 'price' }, p.price), p.text ? el('p', {}, p.text) : '', choices(p.buttons, words, press))
}
