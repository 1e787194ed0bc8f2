// Ctrl+K opens a list of all pages and acts; what is written narrows it down, and
// is searched for otherwise.

const palette = document.getElementById('palette')
const box = palette.querySelector('input')
const items = [...palette.querySelectorAll('li')]
const any = palette.querySelector('.any button')
const shown = () => items.filter(item => !item.hidden).map(item => item.firstElementChild)

// acts that this page has not are not offered.
const acts = { t: 'form[action$="/take"]', r: '#text:enabled', n: '#remark', b: '#note' }
const possible = item => !acts[item.dataset.key] || document.querySelector(acts[item.dataset.key])

function narrow() {
  const text = box.value.trim().toLowerCase()
  for (const item of items) item.hidden = item.matches('.any') ? !text : !possible(item) || !item.textContent.toLowerCase().includes(text)
  any.textContent = any.dataset.search.replace('{text}', box.value.trim())
  items.forEach(item => item.classList.toggle('first', item.firstElementChild === shown()[0]))
}

addEventListener('keydown', event => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k' || event.altKey || event.shiftKey) return
  event.preventDefault()
  if (palette.open) return palette.close()
  document.querySelector('dialog[open]')?.close()
  box.value = ''
  narrow()
  palette.showModal()
})

box.addEventListener('input', narrow)

palette.addEventListener('keydown', event => {
  if (event.isComposing) return
  const all = [box, ...shown()], at = all.indexOf(document.activeElement)
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (by) all[(at + by + all.length) % all.length].focus()
  else if (event.key === 'Enter' && document.activeElement === box) shown()[0]?.click()
  else return
  event.preventDefault()
})

palette.addEventListener('click', event => {
  const key = event.target.closest('li')?.dataset.key
  if (event.target === palette || key) palette.close()
  if (key) document.dispatchEvent(new CustomEvent('tiski-key', { detail: key }))
})
