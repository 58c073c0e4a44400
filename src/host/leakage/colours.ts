/**
 * The colour of a label: a hue that follows from its id alone, so that it is the same in every file, window and view,
 * and shades of it that can be read on the backgrounds VS Code has.
 */

/** Few enough to be told apart by name and to need few decoration types. [ours] */
const HUES = 24;
const SATURATION = 0.7;

/** Editor backgrounds and text colours that shades are made for: the default themes, high contrast among them. */
export const GROUNDS = {
  dark: [
    { background: '#1f1f1f', text: '#cccccc' },
    { background: '#000000', text: '#ffffff' },
  ],
  light: [
    { background: '#ffffff', text: '#3b3b3b' },
    { background: '#ffffff', text: '#292929' },
  ],
} as const;
export type Ground = keyof typeof GROUNDS;

/**
 * How much of the colour lies under the words: more under those of the document's own labels, hardly any under keywords,
 * of which an ordinary patent is full.
 */
export const STRENGTHS = { own: 0.28, other: 0.18, keyword: 0.07 } as const;
export type Strength = keyof typeof STRENGTHS;

/** Least contrast of marks against their ground, as WCAG 2 asks of graphics. */
const MARK_CONTRAST = 3;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** In degrees, [0, 360). */
export function labelHue(id: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), FNV_PRIME);
  // The low bits of similar ids are similar; mixed once more they are not.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (((hash ^ (hash >>> 13)) >>> 0) % HUES) * (360 / HUES);
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** The shade of a hue that stands out against a ground. Channels are in [0, 1]. */
export function shade(hue: number, ground: Ground): Rgb {
  const steps = ground === 'dark' ? [0.5, 0.55, 0.6, 0.65, 0.7, 0.75] : [0.5, 0.45, 0.4, 0.35, 0.3, 0.25];
  const shades = steps.map((lightness) => hslToRgb(hue, SATURATION, lightness));
  const stands = (rgb: Rgb): boolean =>
    GROUNDS[ground].every(({ background }) => contrast(rgb, parseHex(background)) >= MARK_CONTRAST);
  return shades.find(stands) ?? shades.at(-1) ?? [0, 0, 0];
}

export function css([red, green, blue]: Rgb, alpha = 1): string {
  const channel = (value: number): number => Math.round(value * 255);
  return `rgba(${channel(red)}, ${channel(green)}, ${channel(blue)}, ${alpha})`;
}

function hslToRgb(hue: number, saturation: number, lightness: number): Rgb {
  const amplitude = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const k = (offset + hue / 30) % 12;
    return lightness - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return [channel(0), channel(8), channel(4)];
}

export function parseHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** Contrast ratio of WCAG 2, in [1, 21]. */
export function contrast(a: Rgb, b: Rgb): number {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number): number =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
