// What the open chat says by itself; all else comes from the shop.
export const words = {
  fi: {
    title: 'Tekoälyavustaja', hint: 'Voit pyytää ihmistä milloin tahansa', staff: (name) => `Sinua palvelee nyt ${name}`,
    close: 'Sulje keskustelu', log: 'Keskustelu', write: 'Kirjoita viesti', send: 'Lähetä', cart: 'Ostoskori', save: 'Tallenna keskustelu',
    typing: 'Avustaja kirjoittaa', writes: (name) => `${name} kirjoittaa`, away: 'Yhteys katkesi. Yritetään uudelleen…', failed: 'Viesti ei lähtenyt.', again: 'Lähetä uudelleen', delivered: 'Toimitettu',
    photo: 'Kuva', sendPhoto: 'Lähetä kuva', photoFailed: 'Kuva ei lähtenyt.', unreadable: 'Kuvaa ei voi avata. Kokeile JPEG- tai PNG-kuvaa.',
    products: 'Tuotteet', previous: 'Edelliset tuotteet', next: 'Seuraavat tuotteet', choices: 'Vastausvaihtoehdot',
    download: 'Lataa tiedostona', address: 'Sähköpostiosoite', mail: 'Lähetä sähköpostiin', mailed: (to) => `Keskustelu lähetetään osoitteeseen ${to}.`, notMailed: 'Lähetys ei onnistunut. Tarkista osoite ja yritä uudelleen.', mailedOften: 'Keskustelun voi lähettää vain pari kertaa tunnissa. Yritä myöhemmin.',
    today: 'Tänään', yesterday: 'Eilen', you: 'Sinä', bot: 'Tekoälyavustaja', file: 'keskustelu', privacy: 'Tietosuoja', newTab: 'avautuu uuteen välilehteen',
  },
  sv: {
    title: 'AI-assistent', hint: 'Du kan be om en människa när som helst', staff: (name) => `Nu betjänas du av ${name}`,
    close: 'Stäng chatten', log: 'Samtal', write: 'Skriv ett meddelande', send: 'Skicka', cart: 'Varukorg', save: 'Spara samtalet',
    typing: 'Assistenten skriver', writes: (name) => `${name} skriver`, away: 'Anslutningen bröts. Försöker igen…', failed: 'Meddelandet skickades inte.', again: 'Skicka igen', delivered: 'Levererat',
    photo: 'Bild', sendPhoto: 'Skicka en bild', photoFailed: 'Bilden skickades inte.', unreadable: 'Bilden kan inte öppnas. Prova en JPEG- eller PNG-bild.',
    products: 'Produkter', previous: 'Föregående produkter', next: 'Nästa produkter', choices: 'Svarsalternativ',
    download: 'Ladda ner som fil', address: 'E-postadress', mail: 'Skicka', mailed: (to) => `Samtalet skickas till ${to}.`, notMailed: 'Det gick inte att skicka. Kontrollera adressen och försök igen.', mailedOften: 'Samtalet kan skickas bara ett par gånger i timmen. Försök senare.',
    today: 'I dag', yesterday: 'I går', you: 'Du', bot: 'AI-assistent', file: 'samtal', privacy: 'Dataskydd', newTab: 'öppnas i en ny flik',
  },
  en: {
    title: 'AI assistant', hint: 'You can ask for a person at any time', staff: (name) => `${name} is helping you now`,
    close: 'Close the chat', log: 'Conversation', write: 'Write a message', send: 'Send', cart: 'Cart', save: 'Save the conversation',
    typing: 'The assistant is typing', writes: (name) => `${name} is typing`, away: 'The connection was lost. Trying again…', failed: 'The message was not sent.', again: 'Send again', delivered: 'Delivered',
    photo: 'Picture', sendPhoto: 'Send a picture', photoFailed: 'The picture was not sent.', unreadable: 'The picture cannot be opened. Try a JPEG or PNG picture.',
    products: 'Products', previous: 'Previous products', next: 'Next products', choices: 'Choices',
    download: 'Download as a file', address: 'E-mail address', mail: 'Send', mailed: (to) => `The conversation is being sent to ${to}.`, notMailed: 'It could not be sent. Check the address and try again.', mailedOften: 'The conversation can be sent only a couple of times an hour. Try again later.',
    today: 'Today', yesterday: 'Yesterday', you: 'You', bot: 'AI assistant', file: 'conversation', privacy: 'Privacy', newTab: 'opens in a new tab',
  },
}
