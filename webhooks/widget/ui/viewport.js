// fit keeps the panel in the part of a phone's screen that the keyboard
// and a page wider than the screen leave.
// It writes a style sheet of its own, which strict content policies allow.
export function fit(root) {
  const view = window.visualViewport
  if (!view) return
  const sheet = new CSSStyleSheet()
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  const measure = () => {
    if (view.scale > 1.05) return // the customer looks closer
    sheet.replaceSync(`:host { --height: ${view.height}px; --width: ${view.width}px; --top: ${view.offsetTop}px; --left: ${view.offsetLeft}px }`)
  }
  view.addEventListener('resize', measure)
  view.addEventListener('scroll', measure)
  measure()
}
