// Ctrl+K opens a list of all pages and acts; what is written narrows it down, and
// is searched for meanwhile.

const palette = document.getElementById('palette')
const box = palette.querySelector('input')
const list = palette.querySelector('ul'), status = palette.querySelector('[role=status]')
const items = [...palette.querySelectorAll('li')] // what is found stands below these
const any = palette.querySelector('.any button')
const shown = () => [...list.children].filter(item => !item.hidden).map(item => item.firstElementChild)

// acts that this page has not are not offered.
const acts = { t: 'form[action$="/take"]', r: '#text:enabled', n: '#remark', b: '#note' }
const possible = item => !acts[item.dataset.key] || document.querySelector(acts[item.dataset.key])

function narrow() {
  const text = box.value.trim().toLowerCase()
  for (const item of items) item.hidden = item.matches('.any') ? !text : !possible(item) || !item.textContent.toLowerCase().includes(text)
  any.textContent = any.dataset.search.replace('{text}', box.value.trim())
  items.forEach(item => item.classList.toggle('first', item.firstElementChild === shown()[0]))
}

// look shows what is found, once one has paused; a later look ends one under way.
const pause = 250
let looking
async function look() {
  looking?.abort()
  looking = new AbortController()
  const { signal } = looking
  await new Promise(go => setTimeout(go, pause))
  const text = box.value.trim()
  if (signal.aborted) return
  try {
    const answer = text && await fetch(`/console/search/live?q=${encodeURIComponent(text)}`, { signal })
    const found = answer?.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('ul')
    if (list.querySelector('.hit:focus-within')) return // somebody chooses among them
    list.querySelectorAll('.hit').forEach(hit => hit.remove())
    if (found) list.append(...found.children)
    status.textContent = found ? found.dataset.told : ''
  } catch { /* Enter searches all the same */ }
}

addEventListener('keydown', event => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k' || event.altKey || event.shiftKey) return
  event.preventDefault()
  if (palette.open) return palette.close()
  document.querySelector('dialog[open]')?.close()
  box.value = ''
  narrow()
  look()
  palette.showModal()
})

box.addEventListener('input', () => { narrow(); look() })

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
