/** What a person calls a language that is known by its code. */
const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  zh: 'Chinese',
  ja: 'Japanese',
  ko: 'Korean',
  ru: 'Russian',
};

/** The name of an ISO 639-1 code; the code itself where none is known. */
export const languageName = (language: string | undefined): string =>
  language === undefined ? 'an unstated language' : (LANGUAGE_NAMES[language] ?? language);
