/**
 * The codes that Green Book text writes for characters it has no type for: `.degree.`, `.alpha.`, `.sup.2`. Symbols
 * become their Unicode character. The marks for raised and lowered text disappear and the text stays on the line, as
 * the readers of office XML treat `<sup>` and `<sub>`. Names after the USPTO's Green Book documentation (PatFT/APS).
 */
import type { CleanTextBuilder } from '../../text/clean-text.ts';
import { resolveReference } from '../xml/entities.ts';

const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );
const FIRST_GREEK_CAPITAL = 0x391;
const FIRST_GREEK_SMALL = 0x3b1;
/** Unicode leaves a place between rho and sigma (the final sigma). */
const greekOffset = (index: number): number => (index > GREEK.indexOf('rho') ? index + 1 : index);

/** `name=character`; a name stands between two full stops in the text. Case counts. */
const SYMBOLS = `
  TM=™ SM=℠ RTM=® COPYRG=© rarw=← larw=← uparw=↑ fwdarw=→ rarrow=→ dwnarw=↓ dnarw=↓ revarw=← lrarw=↔ updnarw=↕
  revreaction=⇌ reveaction=⇌ differential=∂ increment=∆ gradient=∇ -+=∓ +-=± +.-=± sqroot=√ cuberoot=∛
  fourthroot=∜ ltoreq=≤ gtoreq=≥ lmtoreq=≤ ltoreg=≤ gtoreg=≥ lmorsim=≲ ltorsim=≲ gtorsim=≳ congruent=≅ approxeq=≈
  apprxeq=≅ apprch=≐ about=∼ perspectiveto=≃ noteq=≠ ident=≡ notident=≢ varies=∝ times=× div=÷ infin=∞ multidot=·
  middot=· CNDOT=• cndot=• angle=∠ parallel=∥ vertline=| perp=⊥ intg=∫ andgate=∩ orgate=∪ hoarfrost=⊔ thrfore=∴
  because=∵ BECAUSE=∵ sym=⊕ crclbar=⊖ circleincircle=◎ subset=⊂ supset=⊃ epsilon-1=ϵ ANG=Å Ang=Å ang=å degree=°
  cent=¢ permill=‰ sctn=§ dagger=† ddagger=‡ female=♀ male=♂ music-sharp=♯ music-flat=♭ music-natural=♮
  music-natrual=♮ dbd=═ tbd=≡ quadbond=≣ guadbond=≣ quadrature=□ box-solid=■ smallcircle=○ largecircle=◯ circle=○
  circle-solid=● dottedcircle=◌ lhalfcircle=◐ rhalfcircle=◑ solthalfcircle=◓ solbhalfcircle=◒ DIAMOND=◊ diamond=◊
  diamond-solid=◆ star=☆ star-solid=★ prime=′ dblprime=″ dblquote=" notlessthan=≮ notgreaterthan=≯ En=‥
  THorizBrace=⏞ BHorizBrace=⏟ 0=ø [=[ ]=] Iadd= Iaddend=
`;

/** Codes whose names hold blanks. */
const PHRASES: readonly (readonly [string, string])[] = [
  ['O slashed', 'ø'],
  ['O SLASHED', 'Ø'],
  ['o slashed', 'ø'],
  ['4th root', '∜'],
  ['not <', '≮'],
  ['not >', '≯'],
  ['not equal', '≠'],
  ['plus or minus', '±'],
];

/** `.[.` and `.].` enclose what a reissue takes out, `.Iadd.` what it adds. */
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...SYMBOLS.trim()
    .split(/\s+/)
    .map((entry): [string, string] => {
      const at = entry.indexOf('=', 1);
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  ...GREEK.flatMap((name, index): [string, string][] => [
    [name, String.fromCodePoint(FIRST_GREEK_SMALL + greekOffset(index))],
    [name.toUpperCase(), String.fromCodePoint(FIRST_GREEK_CAPITAL + greekOffset(index))],
  ]),
  ...PHRASES,
]);

/** Marks of raised and lowered text, also twice: `.sup.`, `.sub.`, `.spsb.`, `.sbsp.`. */
const SHIFT = /su[bp]|s[bp]s[bp]/;

/**
 * A code, or a character reference, which later files of the format also have. Names are matched first and looked up
 * after, because a sentence may stand between two full stops as well.
 */
const CODE = new RegExp(
  String.raw`\.(?:(${SHIFT.source})\.|(${PHRASES.map(([name]) => name).join('|')}|[A-Za-z][A-Za-z-]{0,17}|[0[\]]|[+-]\.?[+-])\.)|&(?:#x?[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,15});`,
  'g',
);

export interface DotCode {
  /** Offsets in the text that was searched. */
  readonly start: number;
  readonly end: number;
  /** What it stands for; empty for a mark that only raises or lowers. */
  readonly text: string;
}

/** The codes of a text in order. Names that are none of the set stay as they are. */
export function* dotCodes(text: string): Generator<DotCode> {
  if (!text.includes('.') && !text.includes('&')) return;
  CODE.lastIndex = 0;
  const search = new RegExp(CODE);
  for (let match = search.exec(text); match; match = search.exec(text)) {
    const [code, shift, name] = match;
    const start = match.index;
    const end = start + code.length;
    const character =
      shift === undefined ? (name === undefined ? resolveReference(code) : CHARACTERS.get(name)) : '';
    // Between digits it is a version or a section: `2.0.1`.
    const counted = name === '0' && /\d/.test(text.charAt(start - 1));
    if (character === undefined || counted) {
      // The full stop behind a word that is no code may begin one: `the end.alpha.`.
      search.lastIndex = Math.max(start + 1, end - 1);
      continue;
    }
    yield { start, end, text: character };
  }
}

/** Appends text that stands at `source` in the file, its codes resolved. */
export function appendDecoded(text: string, source: number, out: CleanTextBuilder): void {
  let at = 0;
  for (const { start, end, text: character } of dotCodes(text)) {
    out.verbatim(text.slice(at, start), source + at);
    out.resolved(character, { start: source + start, end: source + end });
    at = end;
  }
  out.verbatim(text.slice(at), source + at);
}

/** The same for a value that is not traced, such as a name. */
export function decoded(text: string): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: character } of dotCodes(text)) {
    result += text.slice(at, start) + character;
    at = end;
  }
  return (result + text.slice(at)).replace(/\s+/g, ' ').trim();
}
