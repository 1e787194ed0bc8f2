// Has this browser told when somebody waits, also while the console is closed: once
// notifications are allowed, until who is signed in here signs out.

const bar = document.querySelector('[data-push]')
const told = 'tiski-push' // in the storage: for which sign-in the shop knows of this browser

async function subscribe() {
  if (!bar?.dataset.push || !('PushManager' in window) || Notification.permission !== 'granted') return
  const form = bar.dataset.form
  if (sessionStorage.getItem(told) === form) return
  const worker = await navigator.serviceWorker.register(bar.dataset.worker)
  const options = { userVisibleOnly: true, applicationServerKey: bar.dataset.push }
  // One made with other keys of the shop is of no use.
  const mine = await worker.pushManager.subscribe(options).catch(async () => {
    await (await worker.pushManager.getSubscription())?.unsubscribe()
    return worker.pushManager.subscribe(options)
  })
  const { endpoint, keys } = mine.toJSON()
  const answer = await fetch('/console/me/push', { method: 'POST', body: new URLSearchParams({ form, endpoint, ...keys }) })
  if (answer.ok) sessionStorage.setItem(told, form)
}

const tell = () => subscribe().catch(() => {}) // the page itself tells while it is open
document.addEventListener('tiski-allowed', tell)
tell()
