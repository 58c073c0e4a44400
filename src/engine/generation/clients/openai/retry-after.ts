/** How long a server asks to wait. */

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Milliseconds, from `retry-after-ms` (OpenAI, Azure) or `Retry-After` in seconds or as a date (RFC 9110, 10.2.3);
 * undefined where there is none, or none that can be read. A date in the past is 0.
 * @param now milliseconds since 1970
 */
export function retryAfter(headers: Headers, now = Date.now()): number | undefined {
  const exact = number(headers['retry-after-ms']);
  if (exact !== undefined) return exact;
  const header = headers['retry-after'];
  const seconds = number(header);
  if (seconds !== undefined) return seconds * 1000;
  const date = typeof header === 'string' ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function number(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) : undefined;
}
