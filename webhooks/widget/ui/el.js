// el makes an element; text is never read as markup.
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value)
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value === true ? '' : value)
  }
  node.append(...children)
  return node
}

const svg = 'http://www.w3.org/2000/svg'

// icon is a drawing of 24 by 24, in the colour of the text, which readers of
// the screen do not hear.
export function icon(path) {
  const node = document.createElementNS(svg, 'svg')
  node.setAttribute('viewBox', '0 0 24 24')
  node.setAttribute('aria-hidden', 'true')
  node.append(document.createElementNS(svg, 'path'))
  node.firstChild.setAttribute('d', path)
  return node
}

// address is where a picture or a link leads, when that is a place of the web; "" for
// anything else that words can be taken for.
export function address(of, home) {
  try {
    const to = new URL(of, home)
    return /^https?:$/.test(to.protocol) ? to.href : ''
  } catch {
    return ''
  }
}
