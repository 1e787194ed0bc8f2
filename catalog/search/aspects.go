package search

import "strings"

// aspects are what reviews tell and customers ask of: for each the headwords, by
// language, that speak of it, and what else no lexicon leads to them.
var aspects = []map[string]string{
	{ // size and fit
		"fi": "koko mitoitus mitoittaa mitta istuvuus istua numero lesti kapea leveä väljä tiukka pieni pienempi iso isompi suurempi mahtua pituus pitkä lyhyt reilu kasvunvara hölskyä",
		"sv": "storlek passform liten stor trång smal bred lång kort lös",
		"en": "size fit small big large tight narrow wide long short loose",
	},
	{ // warmth
		"fi": "lämmin lämpö lämpimyys lämpimyyden lämpimyyttä lämmittää tarjeta kylmä pakkanen palella vilu vilpoinen jäätyä eristää talvi",
		"sv": "varm värme kall kyla frysa köld vinter",
		"en": "warm warmth cold freeze freezing winter insulate",
	},
	{ // durability
		"fi": "kestävyys kestävä kestää kestävämpi kulua hajota rikkoutua rikki haljeta ratketa irrota puhki reikä laatu laadukas nyppyyntyä kutistua haalistua sauma vetoketju jumittua löystyä",
		"sv": "hållbar hålla slitstark slita trasig kvalitet söm dragkedja",
		"en": "durable durability last wear broken break quality seam zipper",
	},
	{ // rain and water
		"fi": "vedenpitävä vedenpitävyys vesi sade kaatosade kastua märkä kuiva loska kura lätäkkö vuotaa kosteus kostea kuivua",
		"sv": "vattentät vatten regn våt torr läcka fukt",
		"en": "waterproof water rain wet dry leak damp",
	},
	{ // comfort
		"fi": "mukava mukavuus pehmeä pehmeys hiertää kevyt painava paino kutittaa kutiava hengittää hengittävä hikoilla hiki jäykkä selkä rakko painaa",
		"sv": "bekväm mjuk lätt tung skava klia andas",
		"en": "comfortable comfort soft light heavy rub itch breathe",
	},
	{ // grip
		"fi": "pito pitävä liukas lipsua jää jäinen nasta liukastua",
		"sv": "grepp halka halt is dubb",
		"en": "grip slip slippery ice stud",
	},
	{ // looks
		"fi": "väri ulkonäkö näköinen kaunis siisti hieno tyyli sävy",
		"sv": "färg utseende snygg fin vacker",
		"en": "colour color look beautiful nice style",
	},
	{ // price
		"fi": "hinta hintainen kallis halpa edullinen arvoinen",
		"sv": "pris dyr billig värd",
		"en": "price expensive cheap worth value",
	},
	{ // use and care
		"fi": "helppo helppous käyttää pukea puhdistaa puhdistaminen pestä pesu kone pystytys pystyttää kätevä ohje selkeä",
		"sv": "enkel lätt använda tvätta rengöra",
		"en": "easy use clean wash setup",
	},
	{ // noise
		"fi": "ääni äänekäs hiljainen melu",
		"sv": "ljud bullrig tyst",
		"en": "noise noisy loud quiet",
	},
	{ // room
		"fi": "tila tilava mahtua tasku lokero tilavuus vetoisuus",
		"sv": "plats rymma ficka fack",
		"en": "room space pocket capacity roomy",
	},
}

// aspectsOf are the aspects, a bit each, by the terms that speak of them.
func aspectsOf(r reader) map[string]uint32 {
	of := map[string]uint32{}
	for i, languages := range aspects {
		for lang, list := range languages {
			for word := range strings.FieldsSeq(list) {
				for _, k := range r.read(lang, word).whole {
					of[k.term] |= 1 << i
				}
			}
		}
	}
	return of
}
