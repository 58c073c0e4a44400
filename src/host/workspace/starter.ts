/** The files a workspace starts with: small, complete, and meant to be overwritten with one's own labels. */

export const STARTER_CONFIG = `${JSON.stringify(
  {
    taxonomy: 'taxonomy.json',
    documents: ['**/*.{xml,txt,md}'],
    corpora: ['corpus/**/*.{jsonl,csv}'],
  },
  undefined,
  2,
)}\n`;

export const STARTER_TAXONOMY = `${JSON.stringify(
  {
    name: 'My taxonomy',
    labels: [
      {
        id: 'walking-aid',
        name: 'Walking aids',
        description: 'Example: canes, crutches, walkers and rollators for a person; prams are out.',
        aliases: ['walker', 'rollator'],
        keywords: ['cane', 'crutch'],
      },
      {
        id: 'hearing-aid',
        name: 'Hearing aids',
        description: 'Example: devices worn in or at the ear that amplify sound for a person.',
        aliases: ['hearing instrument'],
        keywords: ['microphone', 'receiver', 'ear canal'],
      },
    ],
  },
  undefined,
  2,
)}\n`;
