package main

import "github.com/chromedp/chromedp"

// pictures: a large picture is made small and sent, shown at once, and shown
// again from the shop after a reload, which loses none that is on its way; what is no
// picture is told so; what did not go can be sent again.
func (b *browser) pictures() {
	b.t.Helper()
	choose := func(file string) {
		b.text(`(async () => {
			const page = Object.assign(document.createElement('canvas'), { width: 3000, height: 2000 })
			Object.assign(page.getContext('2d'), { fillStyle: '#b36b2a' }).fillRect(600, 400, 1800, 1200)
			const picture = await new Promise((done) => page.toBlob(done, 'image/png'))
			const files = new DataTransfer()
			files.items.add(` + file + `)
			const field = shadow().querySelector('input[type=file]')
			field.files = files.files
			field.dispatchEvent(new Event('change'))
		})()`)
	}
	b.text(`Tiski.open()`)
	asked := b.text(`shadow().querySelectorAll('.message.bot').length`)
	choose(`new File([picture], 'vika.png')`)
	b.until(`shadow().querySelector('.photo canvas')?.width === 1600 && !shadow().querySelector('.pending')`)
	b.until(`shadow().querySelectorAll('.message.bot').length > ` + asked)
	b.until(`said('bot').includes('Sain kuvan')`)
	b.accessible("photo")

	choose(`new File(['no picture'], 'vika.png')`)
	b.until(`shadow().querySelector('.failed')?.textContent.startsWith('Kuvaa ei voi avata')`)
	b.text(`(globalThis.send = fetch, globalThis.fetch = (to, how) => how?.method === 'POST' ? Promise.resolve(new Response('', { status: 422 })) : send(to, how))`)
	choose(`new File([picture], 'vika.png')`)
	b.until(`shadow().querySelector('.pending + .failed, .pending .failed')?.textContent === 'Kuva ei lähtenyt. Lähetä uudelleen'`)
	b.picture("photo-failed")
	b.text(`(globalThis.fetch = send, shadow().querySelector('.pending .failed button').click())`)
	b.until(`!shadow().querySelector('.pending')`)

	b.text(`(globalThis.fetch = () => Promise.reject(new TypeError('offline')))`)
	choose(`new File([picture], 'vika.png')`)
	b.until(`shadow().querySelector('.pending .photo canvas')?.width === 1600`)
	b.do(chromedp.Reload())
	b.until(`shadow() !== null && shadow().querySelectorAll('.photo img').length === 2`)
	b.until(`shadow().querySelector('.photo canvas')?.width === 1600 && !shadow().querySelector('.pending') && sessionStorage.getItem('tiski.unsent') === null`)
	b.until(`(said('bot').match(/^Sain (tämänkin )?kuvan/gm) ?? []).length === 3`)
	b.until(`shadow().querySelector('.photo img').naturalWidth === 1600`)
	b.do(chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile, chromedp.EmulateTouch))
	b.picture("photo-phone")
	b.do(chromedp.EmulateViewport(1280, 800))
}
