// Keeps a page of the console live. Everything works without it, only slower.

const body = document.body
const part = (root, name) => root.querySelector(`[data-part="${name}"]`)

// warned is where something did not work: what is told of it stays until another
// act, or until the conversation changes hands.
let warned

// show takes the parts of a newer page over. What somebody writes stays, unless
// the conversation changes hands or the form written in is the one that has left.
function show(newer, left) {
  for (const name of ['queue', 'desks', 'head', 'hints', 'facts', 'notes']) replace(newer, name)
  if (!warned?.isConnected) replace(newer, 'alert')
  append(newer)
  const acts = part(document, 'acts'), next = part(newer, 'acts'), writing = acts?.contains(document.activeElement)
  if (acts && next && (acts.contains(left) || acts.dataset.holding !== next.dataset.holding)) {
    const written = !left?.matches('.reply') && document.getElementById('text')?.value
    acts.replaceWith(next)
    if (written && document.getElementById('text')) document.getElementById('text').value = written
  }
  if (document.activeElement === body && (left || writing)) {
    const now = part(document, 'acts')
    ;(now?.querySelector('textarea:enabled') ?? now?.querySelector('button'))?.focus()
  }
  document.dispatchEvent(new Event('tiski-shown'))
}

function replace(newer, name) {
  const old = part(document, name), next = part(newer, name)
  if (!old || !next || old.outerHTML === next.outerHTML) return
  const focused = old.contains(document.activeElement) && document.activeElement.getAttribute('href')
  old.replaceWith(next)
  if (focused) next.parentNode.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus()
}

// append adds the messages that are new; those said already never change.
function append(newer) {
  const lines = part(document, 'lines'), next = part(newer, 'lines')
  if (!lines || !next) return
  let customer = false
  const seen = document.querySelector('input[name="seen"]'), writing = document.getElementById('text')?.value
  for (const line of [...next.children]) {
    if (!line.id || document.getElementById(line.id)) continue
    lines.querySelector('li:not([id])')?.remove()
    lines.append(line)
    customer ||= line.classList.contains('customer')
  }
  if (seen && !writing) seen.value = part(newer, 'acts')?.querySelector('input[name="seen"]')?.value ?? seen.value
  if (customer && document.hidden && part(document, 'acts')?.dataset.holding === 'mine') document.dispatchEvent(new Event('tiski-heard'))
}

const read = text => new DOMParser().parseFromString(text, 'text/html')
const offline = is => { document.getElementById('offline').hidden = !is }

// refresh fetches what is shown. While one is under way another only asks for
// one more after it. An answer that comes after a later one is not shown.
let refreshing = false, again = false, asked = 0, shown = 0
async function refresh(left, typing = false) {
  if (refreshing) { again = true; if (!left) return }
  refreshing = true
  const turn = ++asked
  try {
    const answer = await fetch(body.dataset.live + (typing ? '?typing=1' : ''))
    if (answer.status === 401) return location.reload()
    offline(answer.status >= 500)
    const newer = answer.ok && read(await answer.text())
    if (newer && turn > shown) {
      shown = turn
      show(newer, left)
    }
  } catch {
    offline(true)
  } finally {
    refreshing = false
  }
  if (again) { again = false; refresh() }
}

// An act leads elsewhere when it was done; otherwise the answer says why not.
// Sent again, the same form is the same act.
addEventListener('submit', async event => {
  const form = event.target
  if (!form.matches('[data-act]')) return
  event.preventDefault()
  if (form.matches('.reply') && !due(form)) return
  if (form.ariaBusy === 'true') return
  form.ariaBusy = 'true'
  try {
    const fields = new FormData(form)
    const picture = form.matches('.picture')
    const body = picture ? await shrunk(fields) : new URLSearchParams(fields)
    if (picture && fields.get('picture').size > form.dataset.most) return tell(form.dataset.large)
    const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' })
    offline(false)
    warned = undefined
    if (answer.type !== 'opaqueredirect') {
      show(read(await answer.text()), answer.status < 500 ? form : null)
      warned = part(document, 'acts')
      return
    }
    part(document, 'alert').hidden = true
    if (form.matches('.remark')) renew(form)
    await refresh(form)
  } catch {
    offline(true)
    tell(document.body.dataset.unsent)
  } finally {
    form.ariaBusy = 'false'
    release(form)
  }
})

function tell(text) {
  const alert = part(document, 'alert')
  alert.textContent = text
  alert.hidden = false
  warned = part(document, 'acts')
}

// shrunk makes the picture of a form small, upright and bare of what the camera wrote
// into it; one that the browser cannot draw stays as it is.
async function shrunk(fields) {
  try {
    const drawn = await createImageBitmap(fields.get('picture'))
    const scale = Math.min(1, 1600 / Math.max(drawn.width, drawn.height))
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.max(1, Math.round(drawn.width * scale)), height: Math.max(1, Math.round(drawn.height * scale)) })
    const pen = canvas.getContext('2d')
    pen.fillStyle = '#fff' // behind what shines through
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(drawn, 0, 0, canvas.width, canvas.height)
    for (const quality of [0.85, 0.6, 0.3]) {
      const jpeg = await new Promise(done => canvas.toBlob(done, 'image/jpeg', quality))
      fields.set('picture', jpeg, 'picture.jpg')
      if (jpeg.size <= 900000) break
    }
  } catch { /* as it is */ }
  return fields
}

// A reply leaves five seconds after it was sent, so that it can be taken back; sent
// once more, or when the page is left, it leaves at once.
const grace = 5000
let leaving
function due(form) {
  const first = !leaving
  if (first) {
    leaving = setTimeout(() => form.requestSubmit(), grace)
    form.elements.text.readOnly = true
    form.querySelector('.held').hidden = false
  }
  return !first
}

function release(form) {
  if (!form.matches('.reply')) return
  clearTimeout(leaving)
  leaving = undefined
  form.elements.text.readOnly = false
  form.querySelector('.held').hidden = true
}

addEventListener('click', event => {
  const form = event.target.matches('[data-undo]') && event.target.form
  if (!form) return
  release(form)
  form.elements.text.focus()
})

addEventListener('pagehide', () => {
  const form = leaving && document.querySelector('.reply')
  if (form) fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual', keepalive: true })
})

// renew empties a form that stays, and gives it an id of its own again.
function renew(form) {
  form.reset()
  form.querySelector('textarea').value = ''
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  form.elements.id.value = [...crypto.getRandomValues(new Uint8Array(26))].map(n => letters[n % 32]).join('')
}

document.addEventListener('tiski-typing', () => refresh(undefined, true))

// Enter sends, but not on a phone, whose keyboard has no other key for a new line.
addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  if (!event.target.matches('[data-act] textarea') || matchMedia('(pointer: coarse)').matches) return
  event.preventDefault()
  event.target.form.requestSubmit()
})

// One tab of a browser listens and tells the others: a browser opens only six
// connections to one host.
const news = new BroadcastChannel('tiski-console')
news.onmessage = () => refresh()

function listen() {
  const stream = new EventSource(body.dataset.events)
  stream.addEventListener('changed', () => { news.postMessage('changed'); refresh() })
  stream.onerror = () => {
    if (stream.readyState !== EventSource.CLOSED) return
    setTimeout(listen, 5000)
  }
}

if (navigator.locks) navigator.locks.request('tiski-console', () => new Promise(listen))
else listen()

// Waiting times grow by themselves, and a stream may be cut unseen.
setInterval(() => refresh(), 20000)
for (const wake of ['pageshow', 'online', 'visibilitychange']) addEventListener(wake, () => { if (!document.hidden) refresh() })

// On a phone the customer's facts are folded away until they are wanted.
const panel = document.querySelector('.panel'), narrow = matchMedia('(max-width: 48rem)')
const fold = () => { if (panel) panel.open = !narrow.matches }
narrow.addEventListener('change', fold)
fold()
