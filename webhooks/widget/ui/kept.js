// What the browser keeps, from the first opening of the chat on.

export const kept = 'tiski.session' // in localStorage: the conversation and its token
export const seen = 'tiski.seen' // in localStorage: the number of the last message that was seen
export const opened = 'tiski.open' // in sessionStorage: the chat was open when the page was left
export const unsent = 'tiski.unsent' // in sessionStorage: what the shop has not taken yet

// attempt is for the storage, which a browser may have switched off.
export const attempt = (act) => { try { return act() } catch { return undefined } }
