/** Reading a patent in its editor: outline, claim hovers, going to claims and folding; and opening what is no text. */
import * as vscode from 'vscode';
import { PATENT_EXTENSIONS, isTranscribed } from '../documents/kinds.ts';
import { TRANSCRIPTION_SCHEME } from '../documents/location.ts';
import { Transcriptions } from '../documents/transcriptions.ts';
import type { FeatureStart } from '../feature.ts';
import { PatentLanguage } from './providers.ts';

/** `.xml` as `[xX][mM][lL]`: patterns tell cases apart. */
const anyCase = (extension: string): string =>
  extension.slice(1).replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

const TEXTS = PATENT_EXTENSIONS.filter((extension) => !isTranscribed(`a${extension}`)).map(anyCase);

const SELECTOR: vscode.DocumentSelector = [
  { language: '*', scheme: 'file', pattern: `**/*.{${TEXTS.join(',')}}` },
  { language: '*', scheme: TRANSCRIPTION_SCHEME },
];

export const languageFeature: FeatureStart = ({ editors, engine }) => {
  const language = new PatentLanguage(editors);
  return {
    commands: {},
    disposables: [
      new Transcriptions(engine),
      vscode.languages.registerDocumentSymbolProvider(SELECTOR, language, { label: 'Patent' }),
      vscode.languages.registerFoldingRangeProvider(SELECTOR, language),
      vscode.languages.registerHoverProvider(SELECTOR, language),
      vscode.languages.registerDefinitionProvider(SELECTOR, language),
      vscode.languages.registerReferenceProvider(SELECTOR, language),
    ],
  };
};
