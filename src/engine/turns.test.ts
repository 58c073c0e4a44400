import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

/** Shut until it is opened. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

/** Work that ends when it is told to, and what has happened so far. */
function watched() {
  const happened: string[] = [];
  const work =
    (name: string, until: Promise<void> = Promise.resolve()) =>
    async (): Promise<string> => {
      happened.push(`${name} begins`);
      await until;
      happened.push(`${name} ends`);
      return name;
    };
  return { happened, work };
}

describe('turns', () => {
  it('of one thing are taken one after the other, of others at once', async () => {
    const { happened, work } = watched();
    const turns = new Turns();
    const first = gate();
    const all = [
      turns.take('a', work('first', first.opened)),
      turns.take('a', work('second')),
      turns.take('b', work('other')),
    ];
    await all[2];
    expect(happened).not.toContain('second begins');
    first.open();
    expect(await Promise.all(all)).toEqual(['first', 'second', 'other']);
    expect(happened.indexOf('first ends')).toBeLessThan(happened.indexOf('second begins'));
  });

  it('come also after what failed', async () => {
    const { work } = watched();
    const turns = new Turns();
    const failing = turns.take('a', () => Promise.reject(new Error('cancelled')));
    const next = turns.take('a', work('next'));
    await expect(failing).rejects.toThrow('cancelled');
    expect(await next).toBe('next');
  });

  it('are waited for also where work began beside them', async () => {
    const { happened, work } = watched();
    const turns = new Turns();
    const [training, estimate] = [gate(), gate()];
    const all = [
      turns.take('a', work('training', training.opened)),
      turns.beside('a', work('estimate', estimate.opened)),
      turns.take('a', work('next')),
    ];
    expect(happened).toContain('estimate begins');
    training.open();
    await all[0];
    expect(happened).not.toContain('next begins');
    estimate.open();
    await Promise.all(all);
    expect(happened.at(-1)).toBe('next ends');
  });
});
