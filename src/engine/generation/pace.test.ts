/** How many requests go out at once, and how long is waited. */
import { describe, expect, it } from 'vitest';
import { backOff, Pace, systemClock } from './pace.ts';
import { FastClock } from './testing/scripted-client.ts';

const never = new AbortController().signal;

describe('the pace', () => {
  it('rises by one a round, halves once for one refusal, and never exceeds the limit', async () => {
    const clock = new FastClock();
    const pace = new Pace(8, clock);
    const limits = [pace.limit];
    for (let answers = 0; answers < 60; answers++) {
      pace.answered();
      if (pace.limit !== limits.at(-1)) limits.push(pace.limit);
    }
    expect(limits).toEqual([2, 3, 4, 5, 6, 7, 8]);
    const begun = clock.now();
    clock.time += 10;
    pace.limited(begun, 0);
    // Refused for the same reason: they were sent before the first refusal came.
    pace.limited(begun, 0);
    pace.limited(begun, 0);
    expect(pace.limit).toBe(4);
    pace.limited(clock.now(), 0);
    pace.limited(clock.now(), 0);
    pace.limited(clock.now(), 0);
    expect(pace.limit).toBe(1);
    await pace.enter(never);
    pace.leave();
    expect(new Pace(1, clock).limit).toBe(1);
  });

  it('lets nobody in while the provider asks to wait', async () => {
    const clock = new FastClock();
    const pace = new Pace(4, clock);
    pace.limited(0, 5000);
    await pace.enter(never);
    expect(clock.time).toBeGreaterThanOrEqual(5000);
  });

  it('holds back those that find no place, and lets go of those that give up', async () => {
    const pace = new Pace(2, systemClock);
    await pace.enter(never);
    await pace.enter(never);
    const controller = new AbortController();
    const waiting = pace.enter(controller.signal);
    const next = pace.enter(never);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    pace.leave();
    await next;
    expect(pace.inFlight).toBe(2);
    await expect(pace.enter(controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('sleeps no longer than it is wanted', async () => {
    const controller = new AbortController();
    const sleeping = systemClock.sleep(60_000, controller.signal);
    controller.abort();
    await expect(sleeping).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('the wait before another try', () => {
  it.each([
    [1, undefined, 0, 0],
    [1, undefined, 1, 1000],
    [4, undefined, 0.5, 4000],
    [20, undefined, 1, 60_000],
    [1, 7000, 0, 7000],
    [5, 7000, 1, 8000],
    [1, 0, 1, 0],
  ])('try %d, asked to wait %s, chance %d: %d ms', (tries, retryAfter, random, expected) => {
    expect(backOff(tries, retryAfter, random)).toBe(expected);
  });
});
