/**
 * Orbit Intelligence (Questel). As seen in exports: a row is a FAMPAT family; lists are divided by line breaks or ` | `;
 * IPC codes are written `G06F-017/30`; a publication number in brackets stands before titles, abstracts and claims.
 */
import type { VendorProfile } from './profile.ts';

const NUMBER_IN_BRACKETS = /^\s*\([A-Z]{2}[A-Z0-9/ -]*\)\s*/;

export const orbit: VendorProfile = {
  name: 'Orbit',
  telling: [
    ...[
      'Questel unique family ID (FAN)',
      'Publication numbers with kind code & date',
      'Family publication details',
    ],
    ...[
      'Standardized publication numbers',
      'Current standardized assignees - inventors removed',
      'Current assignees',
    ],
    ...[
      'IPC - International classification',
      'CPC - Cooperative classification',
      'English title',
      'English description',
    ],
    ...[
      'Application data including date',
      'Cited patents - Standardized publication number',
      'Earliest priority number',
    ],
  ],
  columns: {
    id: [
      ...['Publication numbers', 'Publication number', 'Standardized publication numbers'],
      ...['Publication numbers with kind code & date', 'Questel unique family ID (FAN)'],
    ],
    title: ['English title', 'Title', 'Titles'],
    abstract: ['English abstract', 'Abstract', 'Abstracts'],
    claims: ['English claims', 'Claims', 'Independent claims', 'First claim'],
    description: ['English description', 'Description', 'Descriptions'],
    publicationDate: ['Publication dates', 'Publication date', 'Earliest publication date'],
    filingDate: ['Application dates', 'Application date', 'Earliest application date'],
    application: ['Application numbers', 'Application number', 'Application data including date'],
    priorities: ['Priority numbers', 'Priority number', 'Earliest priority number'],
    priorityDate: ['Earliest priority date', 'Priority dates', 'Priority date'],
    applicants: [
      'Original applicants/assignees',
      'Original assignees',
      'Current assignees',
      'Latest standardized assignees',
    ],
    inventors: ['Inventors', 'Inventor'],
    ipc: ['IPC - International classification', 'IPC'],
    cpc: ['CPC - Cooperative classification', 'CPC'],
    uspc: ['PCL - US classification', 'US classification'],
    locarno: ['Locarno classification', 'Locarno'],
    familyId: ['Questel unique family ID (FAN)'],
    familyMembers: ['Family members', 'Family publication numbers'],
  },
  joined: {
    citations: [
      ...['Cited patents - Standardized publication number', 'Cited patents'],
      ...['Cited non-patent literature', 'Non-patent literature'],
    ],
  },
  prefixes: {
    title: NUMBER_IN_BRACKETS,
    abstract: NUMBER_IN_BRACKETS,
    claims: NUMBER_IN_BRACKETS,
    description: NUMBER_IN_BRACKETS,
  },
};
