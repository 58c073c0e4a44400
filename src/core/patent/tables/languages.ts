/** Names of languages in cells (`EN`, `English`, `eng`) as ISO 639-1 codes. */

const NAMES: Readonly<Record<string, readonly string[]>> = {
  en: ['english', 'eng', 'englisch', 'anglais', '英语', '英文'],
  de: ['german', 'ger', 'deu', 'deutsch', 'allemand'],
  fr: ['french', 'fre', 'fra', 'français', 'französisch'],
  zh: ['chinese', 'chi', 'zho', 'cn', '中文', '汉语', 'chinesisch'],
  ja: ['japanese', 'jpn', 'jp', '日本語', '日语', 'japanisch'],
  ko: ['korean', 'kor', 'kr', '한국어', '韩语', 'koreanisch'],
  es: ['spanish', 'spa', 'español', 'spanisch'],
  pt: ['portuguese', 'por', 'po', 'português'],
  ru: ['russian', 'rus', 'русский', 'russisch'],
  it: ['italian', 'ita', 'italiano'],
  ar: ['arabic', 'ara'],
  nl: ['dutch', 'dut', 'nld'],
  sv: ['swedish', 'swe'],
  pl: ['polish', 'pol'],
};

const BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([code, names]) => names.map((name) => [name, code] as const)),
);

/** Undefined for a name that is not known; two letters are a code of their own. */
export function parseLanguage(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  return BY_NAME.get(plain) ?? (/^[a-z]{2}$/.test(plain) ? plain : undefined);
}
