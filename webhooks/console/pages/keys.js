// Single keys, when nothing is being written: the frame's list of them says which.

const help = document.getElementById('keyboard')
const press = selector => {
  const found = document.querySelector(selector)
  if (!found) return false
  const folded = found.closest('details')
  if (folded) folded.open = true
  found.matches('input, textarea, a') ? found.focus() : found.click()
  return true
}

// step moves the focus along the list.
function step(by) {
  const desks = [...document.querySelectorAll('.desk')]
  if (!desks.length) return false
  const at = desks.indexOf(document.activeElement)
  desks[Math.min(desks.length - 1, Math.max(0, at < 0 ? 0 : at + by))].focus()
  return true
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  t: () => press('form[action$="/take"] button'),
  r: () => press('#text'),
  b: () => press('#note'),
  n: () => press('#remark'),
  p: () => press('form[action$="/away"] button'),
  l: () => { location.assign('/console'); return true },
  '?': () => { help.showModal(); return true },
}

addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return
  if (event.target.closest('input, textarea, select')) return
  if (keys[event.key]?.()) event.preventDefault()
})

document.addEventListener('tiski-key', event => keys[event.detail]())
for (const opener of document.querySelectorAll('[data-keyboard]')) opener.addEventListener('click', () => help.showModal())
