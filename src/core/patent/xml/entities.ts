/**
 * The fixed table of named character entities. Office files use names such as `&ldquo;` or `&deg;` whose declarations
 * stand in a DTD that is never loaded, so the names are resolved from here and from nowhere else: the HTML 4 sets, and
 * the ISO 8879 names that older office files use. A name that is not here makes the document malformed.
 */

/** U+00A0 to U+00FF in order. */
const LATIN_1 = `
  nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2
  sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc
  Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve
  Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute
  acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde
  ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
`;

/** HTML 4 symbols and special characters, `name=hexadecimal code point`. */
const SYMBOLS = `
  OElig=152 oelig=153 Scaron=160 scaron=161 Yuml=178 fnof=192 circ=2c6 tilde=2dc Alpha=391 Beta=392
  Gamma=393 Delta=394 Epsilon=395 Zeta=396 Eta=397 Theta=398 Iota=399 Kappa=39a Lambda=39b Mu=39c
  Nu=39d Xi=39e Omicron=39f Pi=3a0 Rho=3a1 Sigma=3a3 Tau=3a4 Upsilon=3a5 Phi=3a6 Chi=3a7 Psi=3a8
  Omega=3a9 alpha=3b1 beta=3b2 gamma=3b3 delta=3b4 epsilon=3b5 zeta=3b6 eta=3b7 theta=3b8 iota=3b9
  kappa=3ba lambda=3bb mu=3bc nu=3bd xi=3be omicron=3bf pi=3c0 rho=3c1 sigmaf=3c2 sigma=3c3 tau=3c4
  upsilon=3c5 phi=3c6 chi=3c7 psi=3c8 omega=3c9 thetasym=3d1 upsih=3d2 piv=3d6 ensp=2002 emsp=2003
  thinsp=2009 zwnj=200c zwj=200d lrm=200e rlm=200f ndash=2013 mdash=2014 lsquo=2018 rsquo=2019
  sbquo=201a ldquo=201c rdquo=201d bdquo=201e dagger=2020 Dagger=2021 bull=2022 hellip=2026
  permil=2030 prime=2032 Prime=2033 lsaquo=2039 rsaquo=203a oline=203e frasl=2044 euro=20ac image=2111
  weierp=2118 real=211c trade=2122 alefsym=2135 larr=2190 uarr=2191 rarr=2192 darr=2193 harr=2194
  crarr=21b5 lArr=21d0 uArr=21d1 rArr=21d2 dArr=21d3 hArr=21d4 forall=2200 part=2202 exist=2203
  empty=2205 nabla=2207 isin=2208 notin=2209 ni=220b prod=220f sum=2211 minus=2212 lowast=2217
  radic=221a prop=221d infin=221e ang=2220 and=2227 or=2228 cap=2229 cup=222a int=222b there4=2234
  sim=223c cong=2245 asymp=2248 ne=2260 equiv=2261 le=2264 ge=2265 sub=2282 sup=2283 nsub=2284
  sube=2286 supe=2287 oplus=2295 otimes=2297 perp=22a5 sdot=22c5 lceil=2308 rceil=2309 lfloor=230a
  rfloor=230b lang=2329 rang=232a loz=25ca spades=2660 clubs=2663 hearts=2665 diams=2666
`;

/** ISO 8879 names (`hyphen` as the plain character, which is what it is typed for): punctuation, fractions, Greek letters, relations, accented Latin letters. */
const ISO_8879 = `
  excl=21 num=23 dollar=24 percnt=25 lpar=28 rpar=29 ast=2a plus=2b comma=2c hyphen=2d period=2e
  sol=2f colon=3a semi=3b equals=3d quest=3f commat=40 lsqb=5b bsol=5c rsqb=5d lowbar=5f grave=60
  lcub=7b verbar=7c rcub=7d frac13=2153 frac23=2154 frac15=2155 frac18=215b frac38=215c frac58=215d
  frac78=215e half=bd check=2713 cross=2717 Agr=391 Bgr=392 Ggr=393 Dgr=394 Egr=395 Zgr=396 EEgr=397
  THgr=398 Igr=399 Kgr=39a Lgr=39b Mgr=39c Ngr=39d Xgr=39e Ogr=39f Pgr=3a0 Rgr=3a1 Sgr=3a3 Tgr=3a4
  Ugr=3a5 PHgr=3a6 KHgr=3a7 PSgr=3a8 OHgr=3a9 agr=3b1 bgr=3b2 ggr=3b3 dgr=3b4 egr=3b5 zgr=3b6 eegr=3b7
  thgr=3b8 igr=3b9 kgr=3ba lgr=3bb mgr=3bc ngr=3bd xgr=3be ogr=3bf pgr=3c0 rgr=3c1 sfgr=3c2 sgr=3c3
  tgr=3c4 ugr=3c5 phgr=3c6 khgr=3c7 psgr=3c8 ohgr=3c9 epsi=3b5 phis=3c6 phiv=3d5 thetas=3b8 thetav=3d1
  les=2a7d ges=2a7e lsim=2272 gsim=2273 lE=2266 gE=2267 mnplus=2213 ap=2248 vellip=22ee ctdot=22ef
  square=25a1 squ=25a1 cir=25cb utri=25b5 dtri=25bf utrif=25b4 dtrif=25be starf=2605 star=2606
  male=2642 female=2640 phone=260e numero=2116 dash=2010 horbar=2015 ohm=3a9 angst=c5 rarrw=219d
  af=2061 it=2062 numsp=2007 puncsp=2008 hairsp=200a emsp13=2004 emsp14=2005 caron=2c7 breve=2d8
  dot=2d9 ring=2da ogon=2db dblac=2dd inodot=131 Amacr=100 amacr=101 Abreve=102 abreve=103 Aogon=104
  aogon=105 Cacute=106 cacute=107 Ccaron=10c ccaron=10d Dcaron=10e dcaron=10f Dstrok=110 dstrok=111
  Emacr=112 emacr=113 Eogon=118 eogon=119 Ecaron=11a ecaron=11b Gbreve=11e gbreve=11f Imacr=12a
  imacr=12b Idot=130 Lstrok=141 lstrok=142 Nacute=143 nacute=144 Ncaron=147 ncaron=148 Odblac=150
  odblac=151 Rcaron=158 rcaron=159 Sacute=15a sacute=15b Scedil=15e scedil=15f Tcaron=164 tcaron=165
  Uring=16e uring=16f Udblac=170 udblac=171 Zacute=179 zacute=17a Zdot=17b zdot=17c Zcaron=17d
  zcaron=17e
`;

const LATIN_1_START = 0xa0;

function table(): Record<string, string> {
  const entries: [string, string][] = [
    ['quot', '"'],
    ['amp', '&'],
    ['lt', '<'],
    ['gt', '>'],
    ['apos', "'"],
  ];
  for (const [index, name] of words(LATIN_1).entries()) {
    entries.push([name, String.fromCodePoint(LATIN_1_START + index)]);
  }
  for (const word of [...words(SYMBOLS), ...words(ISO_8879)]) {
    const [name = '', code = ''] = word.split('=');
    entries.push([name, String.fromCodePoint(Number.parseInt(code, 16))]);
  }
  // The EPO prints some authors in capitals together with the names of their letters: `KO&SACUTE;NIK`. Capitals come
  // first, so that `&SACUTE;` is the capital letter.
  const known = new Set(entries.map(([name]) => name));
  for (const [name, character] of [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    const capitals = name.toUpperCase();
    if (known.has(capitals)) continue;
    known.add(capitals);
    entries.push([capitals, character]);
  }
  // Without a prototype, so that `&constructor;` is no name either.
  return Object.assign(Object.create(null) as Record<string, string>, Object.fromEntries(entries));
}

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}

/** Characters by entity name, without `&` and `;`. */
export const NAMED_ENTITIES = table();

const HIGHEST_CODE_POINT = 0x10ffff;

/** The text of a reference such as `&deg;` or `&#xB0;`; undefined when there is no such character. */
export function resolveReference(reference: string): string | undefined {
  const name = reference.slice(1, -1);
  if (!name.startsWith('#')) return NAMED_ENTITIES[name];
  const hexadecimal = name[1] === 'x' || name[1] === 'X';
  const code = Number.parseInt(name.slice(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
  return code >= 0 && code <= HIGHEST_CODE_POINT ? String.fromCodePoint(code) : undefined;
}
