/** Answers as models write them, good and bad, and what becomes of each. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedData } from '../../testing/shared-data.ts';
import type { FinishReason } from '../chat.ts';
import { GOOD, goodJson, SLOT } from '../testing/answers.ts';
import { judge, type DraftChecks, type Judgement } from './judge.ts';
import { isRefusal, unwrap } from './unwrap.ts';

const NO_CHECKS: DraftChecks = { check: () => ({ notes: [] }) };

const judged = (text: string, finish: FinishReason = 'stop', source?: string): Judgement =>
  judge(
    {
      answer: { text, finish },
      slot: SLOT,
      plan: { language: 'en' },
      ...(source === undefined ? {} : { source }),
    },
    NO_CHECKS,
  );

const asText = (heading: (name: string) => string): string =>
  [
    heading('Title'),
    GOOD.title,
    heading('Abstract'),
    GOOD.abstract,
    heading('Claims'),
    ...GOOD.claims.map((claim, at) => `${at + 1}. ${claim}`),
  ].join('\n');

describe('an answer that can be used', () => {
  it.each<[string, string]>([
    ['JSON', goodJson()],
    [
      'JSON with numbered claims',
      goodJson({ claims: GOOD.claims.map((claim, at) => `${at + 1}. ${claim}`) }),
    ],
    ['JSON with claims as objects', goodJson({ claims: GOOD.claims.map((text) => ({ text })) })],
    [
      'JSON with the claims in one text',
      goodJson({ claims: GOOD.claims.map((c, at) => `${at + 1}. ${c}`).join('\n') }),
    ],
    [
      'JSON in a fence with a greeting',
      `Sure, here is the JSON object:\n\`\`\`json\n${goodJson()}\n\`\`\`\nLet me know if you need more.`,
    ],
    ['JSON behind a greeting in its line', `Certainly! ${goodJson()}`],
    ['JSON behind thoughts', `<think>The user wants {"title": 1}.</think>\n${goodJson()}`],
    [
      'JSON with other names',
      JSON.stringify({ patent: { Title: GOOD.title, Abstract: GOOD.abstract, Claims: GOOD.claims } }),
    ],
    ['JSON with a comma too many', goodJson().replace(/\}$/, ',}')],
    ['JSON with line breaks in a string', goodJson().replace('for long. ', 'for long.\n')],
    ['JSON with text behind it', `${goodJson()}\nThis document is original.`],
    ['headings', asText((name) => `${name}:`)],
    ['Markdown headings', asText((name) => `## ${name}`)],
    ['bold headings', asText((name) => `**${name}:**`)],
    ['headings in capitals', asText((name) => name.toUpperCase())],
    [
      'claims without full stops',
      goodJson({ claims: GOOD.claims.map((claim) => claim.replace(/\.$/, ';')) }),
    ],
    [
      'soft hyphens and a byte order mark',
      `\uFEFF${goodJson({ title: GOOD.title.replace('locking', 'lock\u00ADing') })}`,
    ],
  ])('%s', (_what, text) => {
    const result = judged(text);
    expect(result).toMatchObject({ kind: 'accepted', draft: GOOD });
  });

  it('is repaired where it was cut off', () => {
    const json = goodJson({ description: undefined });
    const cut = judged(json.slice(0, json.indexOf('a strap connects')), 'length');
    expect(cut).toMatchObject({ kind: 'accepted', draft: { claims: GOOD.claims.slice(0, 2) } });
    expect(cut.kind === 'accepted' && cut.notes.map(({ kind }) => kind)).toEqual(['truncated-repaired']);
    const text = asText((name) => `${name}:`);
    expect(judged(text.slice(0, text.indexOf('a strap connects')), 'length')).toMatchObject({
      kind: 'accepted',
      draft: { claims: GOOD.claims.slice(0, 2) },
    });
  });

  it('at every byte it may be cut gives whole claims or a reason', () => {
    const json = goodJson({ description: undefined });
    for (let at = 0; at < json.length; at++) {
      const result = judged(json.slice(0, at), 'length');
      if (result.kind === 'accepted')
        for (const claim of result.draft.claims) expect(GOOD.claims).toContain(claim);
      else expect(['empty', 'truncated', 'unreadable']).toContain(result.rejection.reason);
    }
  });
});

const claims = (...list: string[]): string => goodJson({ claims: list });
const [FIRST = '', SECOND = ''] = GOOD.claims;

describe('what real patents do passes', () => {
  const claims = (count: number, kinds: readonly string[]): readonly string[] =>
    kinds.flatMap((kind, at) => [
      `A ${kind} comprising a frame, a wedge of kind ${at} and a spring that draws both together.`,
      ...Array.from(
        { length: count },
        (_, part) =>
          `The ${kind} of claim ${at * (count + 1) + 1}, wherein the frame carries a part ${part} of steel.`,
      ),
    ]);

  it('claims that say the same of several things', () => {
    expect(judged(goodJson({ claims: claims(3, ['frame', 'method', 'kit']) }))).toMatchObject({
      kind: 'accepted',
    });
    expect(
      judged(goodJson({ claims: claims(3, ['frame', 'method', 'kit', 'system', 'medium']) })),
    ).toMatchObject({
      rejection: { reason: 'repetitive' },
    });
  });

  it('users that are instructed', () => {
    const abstract = `${'The frame stands where a wedge holds it, and a spring of the wedge moves a lever. '.repeat(2)}The wedge is moved as requested by a person.`;
    expect(judged(goodJson({ abstract }))).toMatchObject({ kind: 'accepted' });
    expect(judged(goodJson({ abstract: `As requested, ${abstract}` }))).toMatchObject({
      rejection: { reason: 'prompt-echo' },
    });
  });
});

describe('an answer that is no document', () => {
  it.each<[string, string, FinishReason?]>([
    ['empty', ''],
    ['empty', '```json\n```'],
    ['empty', '<think>I wonder.'],
    ['refusal', "I'm sorry, but I can't help with that."],
    ['refusal', 'As an AI language model, I cannot write patents.'],
    ['refusal', goodJson(), 'refused'],
    ['truncated', goodJson().slice(0, 100), 'length'],
    ['unreadable', 'A wheel turns. It turns again.'],
    ['unreadable', '{"answer": "a wheel"}'],
    ['unreadable', '<html><body>502 Bad Gateway</body></html>'],
    ['title-missing', goodJson({ title: '' })],
    ['title-missing', goodJson({ title: '…' })],
    ['title-missing', goodJson({ title: GOOD.abstract })],
    ['abstract-missing', goodJson({ abstract: '' })],
    ['claims-missing', goodJson({ claims: [] })],
    ['claims-missing', goodJson({ claims: ['…', '…'] })],
    ['too-short', goodJson({ abstract: 'A frame that folds.' })],
    ['too-long', 'a'.repeat(300_000)],
    ['claims-malformed', claims(`1. ${FIRST}`, `3. ${SECOND}`)],
    ['claims-malformed', claims(FIRST, `${SECOND} It is made of steel.`)],
    ['claims-malformed', claims(FIRST, 'The folding frame of claim 2, wherein the wedge is made of brass.')],
    ['claims-malformed', claims(FIRST, 'The folding frame of claim 7, wherein the wedge is made of brass.')],
    ['claims-malformed', claims('The folding frame of claim 1, wherein the wedge is made of brass.')],
    ['claims-malformed', claims('The frame of any preceding claim, wherein the wedge is made of brass.')],
    ['claims-malformed', claims(FIRST, 'Steel.')],
    ['repetitive', claims(FIRST, SECOND, SECOND)],
    ['repetitive', goodJson({ abstract: 'The frame folds at the hinge and stays there. '.repeat(6) })],
    [
      'wrong-language',
      goodJson({
        abstract:
          'Ein Rahmen trägt eine Person, die nicht lange stehen kann, und der Keil wird mit einer Feder in die Nut gedrückt, so dass das Scharnier für den Transport leicht zu lösen ist, wobei der Rahmen ohne Werkzeug gefaltet wird und die Person ihn mit einer Hand in das Auto legt.',
        claims: [
          'Rahmen mit zwei Seitenteilen, einem Scharnier und einem Keil, der von einer Feder in die Nut gedrückt wird.',
        ],
      }),
    ],
    ['prompt-echo', goodJson({ title: 'Frame as requested' })],
    ['prompt-echo', goodJson({ abstract: `${GOOD.abstract} It serves as […] too.` })],
    ['prompt-echo', goodJson({ title: 'Title of Patent Document' })],
    ['prompt-echo', goodJson({ abstract: `${GOOD.abstract} Main discipline: power supply.` })],
    ['prompt-echo', goodJson({ description: '##### DOCUMENT b begins' })],
  ])('%s: %.60s', (reason, text, finish = 'stop') => {
    expect(judged(text, finish)).toMatchObject({ kind: 'rejected', rejection: { reason } });
  });

  it('is a paraphrase of something else', () => {
    const source = `Hearing instrument with a receiver in the ear canal. An amplifier drives the receiver, and a
      microphone picks up feedback, which a filter subtracts from the amplified sound before the battery is drained.`;
    expect(judged(goodJson(), 'stop', source)).toMatchObject({ rejection: { reason: 'off-topic' } });
    const own = `${GOOD.title}. ${GOOD.abstract}`;
    expect(judged(goodJson(), 'stop', own)).toMatchObject({ kind: 'accepted' });
  });
});

describe('claims that only look malformed', () => {
  it.each([
    'The folding frame of claim 1, wherein the hinge, e.g. a piano hinge, is shown in Fig. 3 and is made of steel.',
    'A method of using the folding frame according to any one of the preceding claims, comprising lifting it by one hand.',
    'The folding frame of claim 1, wherein the wedge is 1.5 mm to 2.5 mm thick and rests on No. 4 bearings.',
  ])('%s', (claim) => {
    expect(judged(claims(FIRST, claim))).toMatchObject({ kind: 'accepted' });
  });
});

describe('real answers of a model', () => {
  const file = sharedData('llm-abstracts', 'llama2-a61b.csv');
  it.skipIf(file === undefined)('lose their greetings and little else', () => {
    const rows = readFileSync(file ?? '', 'utf8').split(/\r?\n(?=US?\d|\d{7,})/u);
    const texts = rows.map((row) => /"([^"]{80,})"\s*$/u.exec(row)?.[1] ?? '').filter((text) => text !== '');
    expect(texts.length).toBeGreaterThan(100);
    for (const text of texts) {
      const { text: left, removed } = unwrap(text);
      expect(left.length + removed.join('').length).toBeGreaterThan(0.5 * text.trim().length);
      expect(left).not.toMatch(/^(?:sure|certainly|of course|here is)\b/iu);
      expect(isRefusal(left) && /\b(?:comprising|includes)\b/iu.test(left)).toBe(false);
    }
  });
});
