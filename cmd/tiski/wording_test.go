package main

// Wordings of the simulated customer: {v} is what is told.

var openings = []string{"", "", "", "", "moi! ", "hei, ", "Moikka, ", "terve ", "Hei! ", "no moi "}

// searches ask for goods by name, as the shop's shelf has it.
var searches = []string{
	"{v}", "{v}?", "löytyykö {v}", "onko teillä {v}?", "mulla on mielessä {v}", "haussa {v}", "näytä {v}", "onko {v} vielä myynnissä", "Löytyiskö {v}?", "tarvis ois {v}",
}

// wishes ask for a kind of goods, in the partitive.
var wishes = []string{
	"etsin {v}", "tarttisin {v}", "haluaisin ostaa {v}", "onko teillä {v}?", "oisko {v}", "mä haluisin {v}", "katselen {v}", "kaipaisin {v}", "hakusessa ois {v}",
}

// More goods, when something is in the cart or being ordered.
var furthers = []string{"ja sit {v}", "lisäks {v}", "vielä {v}", "entä {v}?", "sitten {v}", "otan myös {v}", "lisää vielä {v}", "ja {v} kans"}

var ordinals = [][]string{
	{"otan ekan", "se eka", "otan tuon ensimmäisen", "eka kiitos", "mä otan sen ekan", "ensimmäinen koriin", "tilaan ekan", "laita toi eka koriin"},
	{"otan tokan", "se toka", "otan tuon toisen", "toka kiitos", "mä otan sen tokan", "toinen noista", "tilaan tokan", "laita toi toka koriin"},
	{"otan kolmannen", "se kolmas", "otan tuon kolmannen", "kolmas kiitos", "mä otan sen kolmannen", "kolmas noista", "tilaan kolmannen", "laita toi kolmas koriin"},
}

// takings take the only goods shown.
var takings = []string{"otan sen", "mä otan ton", "tämä kiitos, laita koriin", "lisää koriin", "joo otan tän", "laita se koriin", "tilaan sen", "ostan tämän"}

var sizes = []string{"{v}", "koko {v}", "{v} kiitos", "otan {v}", "kokoa {v}", "mulle {v}", "koko on {v}", "se {v}", "ihan {v}"}

var colours = []string{"{v}", "{v} kiitos", "se {v}", "väri {v}", "mieluiten {v}", "{v} olis kiva", "vaikka {v}", "otan {v}", "{v}, kiitti"}

var others = []string{"{v}", "{v} kiitos", "se {v}", "otan {v}", "mieluiten {v}", "vaikka {v}", "{v} käy", "olkoon {v}"}

var checkouts = []string{
	"kassalle", "tilaan nämä", "tilataan", "siirrytään kassalle", "mä tilaan nää", "joo tilataan", "haluan tilata nämä", "valmis, tilataan", "eipä muuta, tilaan nämä", "tässä kaikki, kassalle",
}

var tellings = map[string][]string{
	"name":    {"{v}", "nimi on {v}", "mun nimi on {v}", "oon {v}", "{v} kiitos", "Nimeni on {v}.", "olen {v}", "{v} :)", "tilaaja on {v}", "nimellä {v}"},
	"email":   {"{v}", "sposti on {v}", "mun sähköposti on {v}", "{v} on mun meili", "laita {v}", "se on {v}", "{v} kiitos", "sähköpostiin {v}"},
	"phone":   {"{v}", "numero on {v}", "mun puh {v}", "{v} tästä tavoittaa", "puhelin {v}", "se on {v}", "{v} kiitos", "puhelinnumero {v}"},
	"address": {"{v}", "osoite on {v}", "mun osoite on {v}", "{v} kiitos", "Osoitteeni on {v}", "asun osoitteessa {v}", "laita osoitteeksi {v}", "se on {v}", "osoitteeseen {v}"},
	"street":  {"{v}", "osoite on {v}", "katuosoite {v}", "{v} kiitos", "mun osoite on {v}", "se on {v}", "asun osoitteessa {v}", "no {v}"},
	"place":   {"{v}", "{v} kiitos", "se on {v}", "postinumero on {v}", "{v}.", "no {v}", "postinumero ja paikka {v}", "eli {v}"},
}

var deliveries = map[string][]string{
	"kotiinkuljetus": {"kotiin", "kotiinkuljetus", "tuokaa kotiin", "kotiovelle kiitos", "otan kotiinkuljetuksen", "ihan kotiin vaan", "kotiin toimitettuna", "haluan sen kotiin", "kotiinkuljetuksella"},
	"noutopiste":     {"noutopisteeseen", "noutopiste", "postiin", "lähimpään noutopisteeseen", "haen noutopisteestä", "nouto noutopisteestä", "posti käy", "noutopiste kiitos", "otan noutopisteeseen"},
	"pakettiautomaatti": {"automaattiin", "pakettiautomaatti", "automaatti kiitos", "haen automaatista", "pakettiautomaattiin", "se automaatti", "otan pakettiautomaatin",
		"lähimpään automaattiin", "ihan automaattiin"},
	"myymalanouto": {"haen myymälästä", "nouto myymälästä", "noudan myymälästä", "haen sen itse myymälästä", "myymälästä", "noudan sen liikkeestä", "haen kaupasta", "otan myymälänoudon"},
}

// points are answers to where a parcel is fetched from.
var points = []string{
	"lähin käy", "lähin sopii", "ihan sama mikä", "joku lähin", "en tiiä", "ei väliä", "mikä vaan", "K-Market Kamppi", "prisman pakettipiste",
	"R-kioski keskusta", "Sello", "tokmannin luona oleva", "joo lähimpään vaan",
}

var paymentWords = map[string][]string{
	"invoice":  {"laskulla", "lasku", "lasku sähköpostiin", "maksan laskulla", "otan laskun", "laskulla kiitos", "lasku käy", "laittakaa lasku meiliin", "se lasku"},
	"at_store": {"maksan noudettaessa", "noudettaessa", "maksan kun haen", "paikan päällä", "maksan myymälässä", "maksu noudettaessa", "sitten noudettaessa", "maksan vasta kaupassa"},
}

// mendings put right at once what was just told: the value alone or by its name.
var mendings = map[string][]string{
	"name":    {"eiku {v}", "siis {v}", "korjaan, nimi on {v}", "hups, nimi onkin {v}", "ei vaan {v}", "tarkoitin {v}", "nimi onkin {v}", "eikun {v}"},
	"email":   {"eiku {v}", "siis {v}", "korjaan: {v}", "hups, sähköposti onkin {v}", "oikea on {v}", "tarkoitin {v}", "sähköposti onkin {v}", "eikun {v}"},
	"phone":   {"eiku {v}", "siis {v}", "korjaan: {v}", "hups, numero onkin {v}", "oikea numero on {v}", "tarkoitin {v}", "puhelinnumero onkin {v}", "eikun {v}"},
	"address": {"eiku {v}", "siis {v}", "korjaan: {v}", "hups, osoite onkin {v}", "oikea osoite on {v}", "tarkoitin {v}", "osoite onkin {v}", "eikun {v}"},
}

// doubts put right at the summary: what is wrong, by its name.
var doubts = map[string][]string{
	"name":     {"vaihda nimi", "nimi on väärin", "väärä nimi", "korjaa nimi", "nimi pitää vaihtaa", "muuta nimeä", "vaihtaisin nimen", "nimi meni väärin"},
	"email":    {"vaihda sähköposti", "sähköposti on väärin", "väärä sähköposti", "korjaa sposti", "sähköposti pitää vaihtaa", "muuta sähköpostia", "vaihtaisin sähköpostin", "meili meni väärin"},
	"phone":    {"vaihda puhelinnumero", "numero on väärin", "väärä puhelinnumero", "korjaa numero", "puhelinnumero pitää vaihtaa", "muuta puhelinnumeroa", "vaihtaisin puhelinnumeron", "puhelin meni väärin"},
	"address":  {"vaihda osoite", "osoite on väärin", "väärä osoite", "korjaa osoite", "osoite pitää vaihtaa", "muuta osoitetta", "vaihtaisin osoitteen", "osoite meni väärin"},
	"delivery": {"vaihda toimitustapa", "toimitustapa on väärin", "väärä toimitustapa", "korjaa toimitus", "toimitustapa pitää vaihtaa", "muuta toimitustapaa", "vaihtaisin toimitustavan", "toimitus meni väärin"},
	"payment":  {"vaihda maksutapa", "maksutapa on väärin", "väärä maksutapa", "korjaa maksutapa", "maksutapa pitää vaihtaa", "muuta maksutapaa", "vaihtaisin maksutavan", "maksutapa meni väärin"},
}

// mends of what lies in the cart, by option.
var mends = map[string][]string{
	"size":  {"eiku koko {v}", "vaihda koko {v}", "koko onkin {v}", "vaihdetaan kokoon {v}", "eikun {v}", "siis koko {v}", "vaihda se kokoon {v}", "muuta koko {v}"},
	"color": {"eiku {v}", "vaihda väri, {v}", "väri onkin {v}", "vaihda väriksi {v}", "eikun {v}", "siis {v}", "vaihda se {v}", "muuta väri {v}"},
	"qty":   {"eiku {v} kpl", "laita {v} kappaletta", "otan niitä {v}", "vaihda määräksi {v}", "{v} kappaletta kiitos", "tarkoitin {v} kpl", "niitä {v} kpl", "eikun {v} kappaletta"},
}

var questions = []string{
	"paljonko toimitus maksaa?", "kauanko toimitus kestää?", "mikä on palautusaika?", "mitä maksutapoja teillä on?", "milloin olette auki?", "mikä on noutopiste?",
	"maksaako palautus jotain?", "toimitatteko ulkomaille?", "miks kysyt?", "voiko tuotteen vaihtaa?", "missä teidän myymälä on?", "miten palautan jos ei sovi?", "paljonko tää tekee yhteensä?",
}

var chatter = []string{"kiitos", "hehe", "😀", "ootko botti?", "kiva", "ok", "vau", "sä oot kyllä näppärä", "ai niin", "no jopas", "ookko ihminen?", "hyvä"}

var skips = []string{"ohita", "en tiiä", "kysy myöhemmin", "ohitetaan tää", "en halua kertoa", "en nyt muista", "skip", "voiko tän ohittaa"}

var stops = []string{"peruuta", "keskeytä", "en mä tilaakaan", "unohda koko tilaus", "jätetään tilaus", "antaa olla", "lopetetaan tilaus", "en tilaakaan"}

var returns = []string{"tai no joo", "jatketaan sittenkin", "kassalle", "sittenkin tilaan", "tilataan sittenkin", "no jatketaan tilausta", "joo tilataan kuitenkin", "haluankin tilata"}

var trackings = []string{
	"missä mun paketti on?", "missä tilaukseni viipyy", "milloin mun tilaus {n} tulee", "onko tilaus {n} jo lähtenyt?", "mis mun paketti menee", "seuraisin tilausta {n}", "tilaus {n}, missä se on", "paketti ei oo tullu vieläkään",
}

var sendings = []string{
	"haluan palauttaa tuotteen", "miten palautan tän", "nää ei sopinukaan, haluun palauttaa", "palautus", "palauttaisin tilauksen {n}", "miten teen palautuksen?", "voinko palauttaa kengät", "tuote ei miellyttäny, palautan sen",
}

var cancellings = []string{
	"peru tilaus", "haluan perua tilaukseni", "peruuttaisin äskeisen tilauksen", "peru mun tilaus", "voinko vielä perua tilauksen?", "perun tilaukseni", "peruutan tilauksen", "haluun perua sen tilauksen",
}

var complaints = []string{
	"kengästä irtosi pohja", "tuote tuli rikkinäisenä", "vetoketju meni rikki viikossa", "kahvinkeitin ei toimi", "paketissa oli väärä tuote", "laite hajosi", "sain viallisen tuotteen", "paidassa on reikä",
}
