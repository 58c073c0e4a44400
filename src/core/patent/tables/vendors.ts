/** The databases whose exports are known, and which of them a header row comes from. */
import { plainName } from './header-names.ts';
import { derwent } from './vendors/derwent.ts';
import { espacenet } from './vendors/espacenet.ts';
import { googlePatents } from './vendors/google-patents.ts';
import { lens } from './vendors/lens.ts';
import { orbit } from './vendors/orbit.ts';
import { patsnap } from './vendors/patsnap.ts';
import type { VendorProfile } from './vendors/profile.ts';

export const VENDORS: readonly VendorProfile[] = [lens, patsnap, derwent, orbit, googlePatents, espacenet];

const TELLING = VENDORS.map((vendor) => ({ vendor, names: new Set(vendor.telling.map(plainName)) }));

/** One name alone may stand in any table. [ours] */
const ENOUGH = 2;

/** The database whose own names stand most often in a header row; undefined when that is fewer than two. */
export function detectVendor(header: readonly string[]): VendorProfile | undefined {
  const plain = new Set(header.map(plainName));
  let best: VendorProfile | undefined;
  let most = ENOUGH - 1;
  for (const { vendor, names } of TELLING) {
    const count = [...plain].filter((name) => names.has(name)).length;
    if (count > most) [best, most] = [vendor, count];
  }
  return best;
}
