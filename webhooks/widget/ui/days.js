// Which day it was.

const dayOf = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate())

// dayName is "Tänään", "Eilen" or "torstai 5. marraskuuta".
export function dayName(date, lang, words, now = new Date()) {
  const ago = Math.round((dayOf(now) - dayOf(date)) / 86400000)
  if (ago === 0) return words.today
  if (ago === 1) return words.yesterday
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric'
  return new Intl.DateTimeFormat(lang, { weekday: 'long', day: 'numeric', month: 'long', year }).format(date)
}
