/** The grammar, as a regular expression: its rules do not refer to themselves. */
import { describe, expect, it } from 'vitest';
import { answerBounds } from './answer-bounds.ts';
import { answerGrammar } from './answer-grammar.ts';
import { readAnswer } from './answer/read-answer.ts';
import { SHORT_EXAMPLES } from './prompts/short.ts';

function regExpOf(grammar: string): RegExp {
  const rules = new Map(
    grammar
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' ::= ') as [string, string]),
  );
  const expand = (name: string): string => {
    const body = rules.get(name);
    if (body === undefined) throw new Error(`there is no rule ${name}`);
    const piece = /"((?:[^"\\]|\\.)*)"|(\[(?:[^\]\\]|\\.)*\])|([a-z]+)|(\{[\d,]+\}|[()|?])|\s+/g;
    const parts = Array.from(body.matchAll(piece), ([, literal, set, rule, sign = '']) => {
      if (literal !== undefined) return literal.replaceAll(/\\(.)/g, '$1').replaceAll(/[[\]{}.()]/g, '\\$&');
      return set ?? (rule === undefined ? sign : expand(rule));
    });
    return `(?:${parts.join('')})`;
  };
  return new RegExp(`^${expand('root')}$`);
}

const bounds = { ...answerBounds('short', false, 600), closed: true } as const;
const grammar = regExpOf(answerGrammar(bounds));

/** As the grammar spells JSON. */
const written = ({
  title,
  abstract,
  claims,
}: {
  title: string;
  abstract: string;
  claims: readonly string[];
}): string =>
  `{"title": ${JSON.stringify(title)}, "abstract": ${JSON.stringify(abstract)}, "claims": [${claims
    .map((claim) => JSON.stringify(claim))
    .join(', ')}]}`;

const [can, tiles] = SHORT_EXAMPLES.map(({ answer }) => answer);
if (!can || !tiles) throw new Error('two examples');

describe('the grammar of short answers', () => {
  it('takes the answers that prompts show, and they are documents', () => {
    for (const answer of [can, tiles]) {
      expect(grammar.test(written(answer))).toBe(true);
      const read = readAnswer({ text: written(answer), finish: 'stop' }, bounds);
      expect(read).toMatchObject({ kind: 'draft', draft: answer, notes: [] });
    }
  });

  it.each([
    [
      'two sentences in a claim',
      ['A can comprising a lid that closes a pot of water well. It is red.', can.claims[1] ?? ''],
    ],
    [
      'no transition',
      ['A can with a lid that closes a pot of water without any noise at all.', can.claims[1] ?? ''],
    ],
    ['an independent second claim', [can.claims[0] ?? '', can.claims[0] ?? '']],
    ['one claim alone', [can.claims[0] ?? '']],
    ['a heading', [`Claim: ${can.claims[0] ?? ''}`, can.claims[1] ?? '']],
  ])('refuses %s', (_, claims) => {
    expect(grammar.test(written({ ...can, claims }))).toBe(false);
  });

  it('lets a text end without a full stop at its limit alone, which is seen', () => {
    const stem = 'A can comprising a lid that ';
    const [first = '', second = ''] = can.claims;
    const long = (length: number): string =>
      `The can of claim 1, wherein ${'the lid '.repeat(100).slice(0, length)}`;
    const most = bounds.claim.most - 90;
    expect(grammar.test(written({ ...can, claims: [first, long(most)] }))).toBe(true);
    expect(grammar.test(written({ ...can, claims: [first, long(most - 1)] }))).toBe(false);
    const read = readAnswer(
      { text: written({ ...can, claims: [first, second, long(most)] }), finish: 'stop' },
      bounds,
    );
    expect(read).toMatchObject({
      draft: { claims: [first, second] },
      notes: [{ kind: 'truncated-repaired' }],
    });
    const cut = readAnswer(
      { text: written({ ...can, claims: [`${stem}opens`, second] }), finish: 'stop' },
      bounds,
    );
    expect(cut).toMatchObject({ kind: 'rejected', rejection: { reason: 'truncated' } });
  });

  it('has a description where one is asked for', () => {
    const all = { ...answerBounds('short', true, 2000), closed: true } as const;
    const text = written(can).slice(0, -1);
    const description = 'The can is filled at a tap. '.repeat(20).trim();
    const regExp = regExpOf(answerGrammar(all));
    expect(regExp.test(`${text}, "description": ${JSON.stringify(description)}}`)).toBe(true);
    expect(regExp.test(`${text}}`)).toBe(false);
  });
});
