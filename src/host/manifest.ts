/** The registry of contributions in the words of `package.json` and `package.nls.json`. */
import {
  CATEGORY,
  COMMANDS,
  SETTINGS,
  type CommandContribution,
  type MenuEntry,
  type PropertyContribution,
  type SettingContribution,
} from './contributions.ts';

export interface ManifestSections {
  readonly commands: readonly Readonly<Record<string, unknown>>[];
  readonly menus: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly configuration: {
    readonly title: string;
    readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

const name = (id: string): string => id.slice('patentLab.'.length);

export function manifestSections(): ManifestSections {
  const commands = entries<CommandContribution>(COMMANDS);
  return {
    commands: commands.map(([id, command]) => ({
      command: id,
      title: `%command.${name(id)}%`,
      ...(command.shortTitle === undefined ? {} : { shortTitle: `%command.${name(id)}.short%` }),
      category: CATEGORY,
      ...(command.icon === undefined ? {} : { icon: command.icon }),
      ...(command.enablement === undefined ? {} : { enablement: command.enablement }),
    })),
    menus: menus(commands),
    configuration: {
      title: CATEGORY,
      properties: Object.fromEntries(
        entries<SettingContribution>(SETTINGS).map(([key, setting], order) => [
          key,
          property(key, setting, order),
        ]),
      ),
    },
  };
}

/** English texts of the registry, by the keys the manifest uses. */
export function manifestTexts(): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [id, command] of entries<CommandContribution>(COMMANDS)) {
    texts[`command.${name(id)}`] = command.title;
    if (command.shortTitle !== undefined) texts[`command.${name(id)}.short`] = command.shortTitle;
  }
  for (const [key, setting] of entries<SettingContribution>(SETTINGS)) {
    texts[`setting.${name(key)}`] = setting.description;
    if (setting.type === 'array') {
      for (const [field, { description }] of Object.entries(setting.properties)) {
        texts[`setting.${name(key)}.${field}`] = description;
      }
    }
    if (setting.type !== 'string') continue;
    setting.enum.forEach((value, at) => {
      texts[`setting.${name(key)}.${value}`] = setting.enumDescriptions[at] ?? '';
    });
  }
  return texts;
}

function menus(commands: readonly (readonly [string, CommandContribution])[]): ManifestSections['menus'] {
  const result: Record<string, Record<string, unknown>[]> = {};
  for (const [command, { menus: entries = [] }] of commands) {
    for (const { menu, when, group } of entries satisfies readonly MenuEntry[]) {
      (result[menu] ??= []).push({
        command,
        ...(when === undefined ? {} : { when }),
        ...(group === undefined ? {} : { group }),
      });
    }
  }
  return result;
}

function property(key: string, setting: SettingContribution, order: number): Record<string, unknown> {
  const common = {
    scope: setting.scope,
    order,
    default: setting.default,
    markdownDescription: `%setting.${name(key)}%`,
  };
  switch (setting.type) {
    case 'boolean':
      return { type: setting.type, ...common };
    case 'integer':
      return { type: setting.type, ...common, minimum: setting.minimum, maximum: setting.maximum };
    case 'string':
      return {
        type: setting.type,
        ...common,
        enum: setting.enum,
        markdownEnumDescriptions: setting.enum.map((value) => `%setting.${name(key)}.${value}%`),
      };
    case 'array':
      return {
        type: setting.type,
        ...common,
        items: {
          type: 'object',
          required: setting.required,
          additionalProperties: false,
          properties: Object.fromEntries(
            Object.entries(setting.properties).map(([field, property]) => [
              field,
              itemProperty(property, `%setting.${name(key)}.${field}%`),
            ]),
          ),
        },
      };
  }
}

function itemProperty(
  { type, minimum }: PropertyContribution,
  markdownDescription: string,
): Record<string, unknown> {
  if (type === 'strings') return { type: 'array', items: { type: 'string' }, markdownDescription };
  return { type, markdownDescription, ...(minimum === undefined ? {} : { minimum }) };
}

function entries<T>(registry: Readonly<Record<string, T>>): (readonly [string, T])[] {
  return Object.entries(registry);
}
