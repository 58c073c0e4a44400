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

export const STARTER_TAXONOMY = `{
  "name": "My taxonomy",
  "labels": [
    {
      "id": "walking-aid",
      "name": "Walking aids",
      "description": "Canes, crutches, walkers and rollators that a person holds while walking; prams are out.",
      "aliases": ["walker", "rollator"],
      "keywords": ["cane", "crutch", "handle", "brake"]
    },
    {
      "id": "hearing-aid",
      "name": "Hearing aids",
      "description": "Devices worn in or at the ear that amplify sound for a person; headphones are out.",
      "aliases": ["hearing instrument"],
      "keywords": ["microphone", "receiver", "ear canal", "amplification"]
    }
  ]
}
`;
