/** Student's t for a whole number of degrees of freedom, from its finite series (Abramowitz and Stegun 26.7.3 and 26.7.4). */

/** Bisections of an angle: more than a double can tell. */
const HALVINGS = 60;

/** P(|T| ≤ t) for t = √ν tan θ. */
function withinAngle(theta: number, freedom: number): number {
  const [sine, cosine] = [Math.sin(theta), Math.cos(theta)];
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let total = 0;
  for (let power = isOdd ? 1 : 0; power <= freedom - 2; power += 2) {
    total += term;
    term *= ((power + 1) / (power + 2)) * cosine ** 2;
  }
  return isOdd ? (2 / Math.PI) * (theta + sine * total) : sine * total;
}

/**
 * The t that |T| stays below with this probability: 2.776 for 0.95 and 4 degrees of freedom.
 * @param freedom a whole number, at least 1
 * @param probability in [0, 1)
 * @throws RangeError for anything else.
 */
export function studentT(probability: number, freedom: number): number {
  if (!Number.isInteger(freedom) || freedom < 1) throw new RangeError(`${freedom} degrees of freedom`);
  if (!(probability >= 0 && probability < 1))
    throw new RangeError(`${probability} is no probability below 1`);
  let [low, high] = [0, Math.PI / 2];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (withinAngle(middle, freedom) < probability) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan((low + high) / 2);
}
