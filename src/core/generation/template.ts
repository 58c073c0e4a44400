/** Fills the `{{names}}` of a prompt template. A name without a value, or a value that no name asks for, is a defect. */

const PLACE = /\{\{(\w+)\}\}/g;

export function fill(template: string, values: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const text = template.replace(PLACE, (_place, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the template asks for ${name}`);
    used.add(name);
    return value;
  });
  const unused = Object.keys(values).find((name) => !used.has(name));
  if (unused !== undefined) throw new Error(`the template does not ask for ${unused}`);
  return text;
}
