// Helps who writes a reply: stock replies after a slash, the bot's suggestion to
// edit, word to the others that somebody types, and what is half written kept in this
// tab while other pages are looked at.

const box = () => document.getElementById('text')

const draft = 'tiski-draft ' + location.pathname
const keep = () => {
  if (box()?.value && !box().readOnly) sessionStorage.setItem(draft, box().value)
  else sessionStorage.removeItem(draft)
}
if (box() && !box().value) box().value = sessionStorage.getItem(draft) ?? ''
addEventListener('pagehide', keep)
addEventListener('submit', event => { if (event.target.matches('[action$=sign-out]')) sessionStorage.clear() })

// put writes a text, or nothing, where a stock reply was looked for, and below what
// was written otherwise.
function put(text, picture = '') {
  const to = box()
  if (!to) return
  attach(to.form, picture)
  const written = to.value.startsWith('/') ? '' : to.value.trimEnd()
  if (!text || !written.endsWith(text)) to.value = text && written ? written + '\n' + text : text
  to.dispatchEvent(new Event('input', { bubbles: true }))
  to.focus()
}

// attach shows the picture that goes with a reply, "" for none.
function attach(form, picture) {
  const along = form.querySelector('.along')
  along.hidden = !picture
  along.querySelector('input').value = picture
  if (picture) along.querySelector('img').src = picture
}

addEventListener('click', event => {
  if (!event.target.matches('[data-drop]')) return
  attach(event.target.form, '')
  box().focus()
})

// menu shows the stock replies whose name begins as what stands after the slash.
function menu() {
  const to = box(), list = document.getElementById('stock')
  if (!to || !list) return
  const wanted = to.value.startsWith('/') && !to.value.includes('\n') ? to.value.slice(1).toLowerCase() : null
  let any = false
  for (const item of list.children) {
    item.hidden = wanted === null || !item.dataset.id.startsWith(wanted)
    any ||= !item.hidden
  }
  list.hidden = !any
}

addEventListener('click', event => {
  const mate = event.target.dataset.mention, note = document.getElementById('remark')
  if (!mate) return
  note.setRangeText((/(^|\s)$/.test(note.value.slice(0, note.selectionStart)) ? '@' : ' @') + mate + ' ', note.selectionStart, note.selectionEnd, 'end')
  note.focus()
})

addEventListener('click', event => {
  const use = event.target.closest('[data-use]')
  if (!use) return
  put(use.dataset.use, use.dataset.picture)
  menu()
})

document.addEventListener('tiski-shown', menu)

// Enter takes the first stock reply shown, before it would send the line.
addEventListener('keydown', event => {
  if (event.target !== box() || event.isComposing) return
  const list = document.getElementById('stock')
  if (!list || list.hidden) return
  const first = [...list.children].find(item => !item.hidden)
  if (event.key === 'Enter' || event.key === 'Tab') first.querySelector('button').click()
  else if (event.key === 'Escape') put('')
  else return
  event.preventDefault()
  event.stopImmediatePropagation()
}, true)

let typed = 0
addEventListener('input', event => {
  if (event.target !== box()) return
  menu()
  if (Date.now() - typed < 5000) return
  typed = Date.now()
  document.dispatchEvent(new Event('tiski-typing'))
})
