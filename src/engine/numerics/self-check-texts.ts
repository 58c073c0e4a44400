/**
 * Texts that every provider is tried on before it is used: of one word to several windows, in several scripts, with
 * what tokenizers stumble over. Fictitious, and written for this.
 */
const SENTENCES = [
  'A seat with a frame rests on four wheels, of which the rear ones are driven by a motor each.',
  'The controller compares the measured torque with a threshold and opens the valve when the threshold is exceeded.',
  'In one embodiment the strap 12 is held by a buckle (not shown) made of stainless steel, e.g. X5CrNi18-10.',
  'A microphone picks up sound, a filter bank splits it into 16 bands, and each band drives one electrode.',
  'The polymer comprises 5–40 wt% of units of formula (I), wherein R¹ and R² are independently H or C₁–C₄ alkyl.',
  'On a display, raised dots form characters which a reader feels with the tips of the fingers.',
  'The method of claim 1, wherein the temperature is kept between 37 °C and 42 °C for at least 30 minutes.',
  'Ein Gehäuse nimmt die Batterie auf; une pièce mobile ferme le boîtier; 电池位于壳体内。',
  'Upon a fall, an acceleration of more than 2.5 g is detected and a message is sent to a caregiver.',
  'The spring returns the lever to its first position, whereby the brake engages and the carriage stops.',
] as const;

/** A run of sentences that begins with the given one. */
const passage = (first: number, count: number): string =>
  Array.from({ length: count }, (_, at) => SENTENCES[(first + at * 3) % SENTENCES.length]).join(' ');

export const SELF_CHECK_TEXTS: readonly string[] = [
  '',
  'brake',
  ...SENTENCES,
  passage(0, 4),
  passage(4, 7),
  passage(7, 12),
  passage(2, 30),
];
