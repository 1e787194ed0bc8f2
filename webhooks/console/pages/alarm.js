// Sees to it that nobody waits unseen: the title tells how many wait, a sound
// repeats until nobody does, and the desktop tells of each who comes; not to who is
// away.

const again = 30000 // ms between two sounds
const title = document.title
const queue = () => document.querySelector('[data-part="queue"]')
const bar = document.querySelector('[data-alarm]')
const away = () => 'away' in queue().dataset
const silent = () => localStorage.getItem('tiski-silent') === '1'

// A browser lets a page sound only after somebody has touched it.
let sound
for (const gesture of ['pointerdown', 'keydown']) {
  addEventListener(gesture, () => { sound ??= new AudioContext() }, { once: true })
}

function beep() {
  if (!sound || silent() || away()) return
  const loudness = sound.createGain()
  loudness.connect(sound.destination)
  loudness.gain.setValueAtTime(0.2, sound.currentTime)
  loudness.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.6)
  for (const [hertz, after] of [[660, 0], [880, 0.15]]) {
    const tone = sound.createOscillator()
    tone.frequency.value = hertz
    tone.connect(loudness)
    tone.start(sound.currentTime + after)
    tone.stop(sound.currentTime + 0.6)
  }
}

// first is true in one tab of the browser only: the others know from the storage
// that it was there before.
function first(name, value) {
  if (Number(value) <= Number(localStorage.getItem(name))) return false
  localStorage.setItem(name, value)
  return true
}

function ring() {
  const { waiting, newest, notice } = queue().dataset
  document.title = Number(waiting) ? `(${waiting}) ${title}` : title
  navigator.setAppBadge?.(Number(waiting)).catch(() => {})
  if (first('tiski-newest', newest)) {
    tell(notice)
    localStorage.setItem('tiski-rang', Date.now())
    beep()
  } else if (Number(waiting) && first('tiski-rang', Date.now() - again)) {
    localStorage.setItem('tiski-rang', Date.now())
    beep()
  }
}

// tell says on the desktop that somebody waits: not who, nor what they said.
function tell(notice) {
  if (silent() || away() || !('Notification' in window) || Notification.permission !== 'granted') return
  try {
    const told = new Notification(notice, { tag: 'tiski', renotify: true })
    told.onclick = () => { focus(); location.assign(queue().href); told.close() }
  } catch { /* phones tell only through an installed page */ }
}

function buttons() {
  bar.hidden = false
  bar.querySelector('[data-notify]').hidden = !('Notification' in window) || Notification.permission !== 'default'
  const button = bar.querySelector('[data-silent]')
  button.setAttribute('aria-pressed', String(silent()))
  button.textContent = silent() ? button.dataset.unmute : button.dataset.mute
}

bar?.addEventListener('click', async event => {
  if (event.target.matches('[data-notify]')) if (await Notification.requestPermission() === 'granted') document.dispatchEvent(new Event('tiski-allowed'))
  if (event.target.matches('[data-silent]')) localStorage.setItem('tiski-silent', silent() ? '0' : '1')
  buttons()
})

if (bar) buttons()
document.addEventListener('tiski-shown', ring)
document.addEventListener('tiski-heard', beep)
setInterval(ring, again / 3)
ring()
