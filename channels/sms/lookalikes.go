package sms

// lookalikes are characters outside GSM-7 that read the same as one, or as a
// short run, inside it. Letters are not here: "a" for "á" changes a word.
var lookalikes = map[rune]string{
	// Quotation marks, primes, accents that stand alone.
	'‘': "'", '’': "'", '‚': "'", '‛': "'", '′': "'", '`': "'", '´': "'", 'ʼ': "'",
	'“': `"`, '”': `"`, '„': `"`, '‟': `"`, '″': `"`, '«': `"`, '»': `"`,
	'‹': "<", '›': ">",
	// Hyphens, dashes, minus.
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-",
	// Ellipsis, bullets, signs.
	'…': "...", '•': "*", '·': ".", '×': "x", '⁄': "/", '∕': "/",
	// Spaces of every width, tab, line and paragraph separators.
	'\t': " ", '\u00A0': " ", '\u2000': " ", '\u2001': " ", '\u2002': " ", '\u2003': " ",
	'\u2004': " ", '\u2005': " ", '\u2006': " ", '\u2007': " ", '\u2008': " ", '\u2009': " ",
	'\u200A': " ", '\u202F': " ", '\u205F': " ", '\u3000': " ",
	'\u2028': "\n", '\u2029': "\n",
	// What has no width and no meaning in a text message.
	'\u200B': "", '\u2060': "", '\uFEFF': "", '\u00AD': "",
}
