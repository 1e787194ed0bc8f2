// Tells that somebody waits while no page of the console is open in this browser.

self.addEventListener('push', event => event.waitUntil((async () => {
  const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (pages.some(page => page.visibilityState === 'visible')) return // it tells itself
  await registration.showNotification(event.data.json().text, { tag: 'tiski', renotify: pages.length === 0 })
})()))

self.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil((async () => {
    const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true })
    const open = pages.find(page => new URL(page.url).pathname.startsWith('/console'))
    await (open ? open.focus() : clients.openWindow('/console'))
  })())
})
