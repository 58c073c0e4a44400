/** Whether an address stays on this machine: the *local only* setting lets nothing else through. */

/** Every runtime has it; core knows the types of the language alone. */
declare const URL: {
  new (address: string): { readonly hostname: string };
  canParse(address: string): boolean;
};

/**
 * `localhost`, names under it, 127.0.0.0/8 and ::1 (RFC 5735, 4291, 6761). A name that merely resolves there is not
 * taken for it: what it resolves to may change between the look and the request.
 */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const host = new URL(address).hostname.replace(/\.$/, '').toLowerCase();
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]') return true;
  // The parser has normalised every spelling of an IPv4 address to four decimal parts.
  return /^127(\.\d{1,3}){3}$/.test(host) || /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(host);
}
