// Pictures that the customer sends, made small before they leave the browser.

import { el } from './el.js'

const longest = 1600 // pixels of a side
const most = 900000 // bytes; the shop takes a little more

// shrunk draws a picture file upright and small on a canvas, without what the
// camera wrote into it, and gives that and its JPEG as a data: address. It fails for
// files that the browser cannot show.
export async function shrunk(file, label) {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const size = (pixels) => Math.max(1, Math.round(pixels * scale))
  const canvas = el('canvas', { width: size(picture.width), height: size(picture.height), role: 'img', 'aria-label': label })
  const pen = canvas.getContext('2d')
  pen.fillStyle = '#fff' // behind what shines through
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  for (const quality of [0.85, 0.6, 0.3]) {
    const jpeg = canvas.toDataURL('image/jpeg', quality)
    if (jpeg.startsWith('data:image/jpeg') && bytes(jpeg).length <= most) return { canvas, jpeg }
  }
  throw new Error('the picture stays too large')
}

// bytes are those of a data: address.
export const bytes = (address) => Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (letter) => letter.charCodeAt(0))

// redrawn is a canvas that shows the JPEG of a data: address, which an <img> may not on every page.
export function redrawn(jpeg, label) {
  const canvas = el('canvas', { role: 'img', 'aria-label': label })
  createImageBitmap(new Blob([bytes(jpeg)])).then((picture) => {
    Object.assign(canvas, { width: picture.width, height: picture.height })
    canvas.getContext('2d').drawImage(picture, 0, 0)
    picture.close()
  })
  return canvas
}

// photo is a picture in a message: a canvas, or an <img> of an address.
export const photo = (picture) => el('div', { class: 'photo' }, picture)

// chooser is the button by which a picture is chosen or taken; take(file) gets it.
export function chooser(label, icon, take) {
  const field = el('input', { type: 'file', accept: 'image/*', hidden: true, onchange: () => {
    const [file] = field.files
    field.value = '' // so that the same one can be chosen again
    if (file) take(file)
  } })
  return [field, el('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, onclick: () => field.click() }, icon)]
}
