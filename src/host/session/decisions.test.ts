import { describe, expect, it } from 'vitest';
import { acceptAssigned, decide, decided } from './decisions.ts';
import type { ClassifiedItem } from './file-session.ts';
import { label, prediction } from './testing/builders.ts';

const item: ClassifiedItem = {
  kind: 'classified',
  prediction: prediction('one', { start: 0, end: 9 }, [
    label('a', { probability: 0.9 }),
    label('b', { probability: 0.7, decision: 'rejected' }),
    label('c', { probability: 0.1 }),
  ]),
  span: { start: 0, end: 9 },
  fingerprint: '',
  stale: false,
  decided: [],
  order: 0,
};
const named = (id: string): { id: string; name: string } => ({ id, name: id });

describe('decide', () => {
  it('records the whole decision of the document', () => {
    expect(decided(decide(item, named('a'), 'accepted'))).toEqual({ accepted: ['a'], rejected: ['b'] });
  });

  it('replaces and takes back', () => {
    const accepted = decide(item, named('b'), 'accepted');
    expect(decided(accepted)).toEqual({ accepted: ['b'], rejected: [] });
    expect(decided(decide(accepted, named('b'), undefined))).toEqual({ accepted: [], rejected: [] });
  });

  it('adds a label that the prediction does not have, and takes it back', () => {
    const added = decide(item, { id: 'new', name: 'New' }, 'accepted');
    expect(added.decided).toEqual([{ id: 'new', name: 'New', decision: 'accepted' }]);
    expect(decided(added)).toEqual({ accepted: ['new'], rejected: ['b'] });
    expect(decide(added, named('new'), undefined).decided).toEqual([]);
  });
});

describe('acceptAssigned', () => {
  it('accepts what is assigned and undecided, and overrules nobody', () => {
    expect(decided(acceptAssigned(item))).toEqual({ accepted: ['a'], rejected: ['b'] });
  });
});
