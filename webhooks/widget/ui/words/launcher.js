// What the launcher says.
export const words = {
  fi: { open: 'Avaa keskustelu', unread: (n) => (n === 1 ? ', yksi uusi viesti' : `, ${n} uutta viestiä`), failed: 'Keskustelu ei auennut. Yritä uudelleen', dismiss: 'Sulje tervehdys' },
  sv: { open: 'Öppna chatten', unread: (n) => (n === 1 ? ', ett nytt meddelande' : `, ${n} nya meddelanden`), failed: 'Chatten öppnades inte. Försök igen', dismiss: 'Stäng hälsningen' },
  en: { open: 'Open the chat', unread: (n) => (n === 1 ? ', one new message' : `, ${n} new messages`), failed: 'The chat did not open. Try again', dismiss: 'Close the greeting' },
}
