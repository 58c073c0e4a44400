/**
 * Google Patents, "Download (CSV)". As seen in exports: a line `search URL:` stands before the header row, people are
 * divided by commas, and there is neither an abstract nor a classification.
 */
import type { VendorProfile } from './profile.ts';

export const googlePatents: VendorProfile = {
  name: 'Google Patents',
  telling: [
    'inventor/author',
    'filing/creation date',
    'result link',
    'representative figure link',
    'grant date',
  ],
  columns: {
    id: ['id'],
    title: ['title'],
    abstract: ['abstract'],
    claims: ['claims'],
    description: ['description'],
    publicationDate: ['publication date'],
    filingDate: ['filing/creation date'],
    priorityDate: ['priority date'],
    applicants: ['assignee'],
    inventors: ['inventor/author'],
  },
  separators: { inventors: ', ' },
};
