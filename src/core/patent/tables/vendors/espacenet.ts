/**
 * Espacenet result lists. As seen in exports: semicolons, every cell in quotes, lines about the query before the header
 * row, an empty column behind the last one; a row is a simple family, so that its publication number may be several.
 */
import type { VendorProfile } from './profile.ts';

export const espacenet: VendorProfile = {
  name: 'Espacenet',
  telling: [
    'Earliest publication',
    'Earliest priority',
    'Family number',
    'Früheste Priorität',
    'Familiennummer',
  ],
  columns: {
    id: ['Publication number', 'Veröffentlichungsnummer', 'Numéro de publication'],
    title: ['Title', 'Titel', 'Titre'],
    abstract: ['Abstract', 'Zusammenfassung', 'Abrégé'],
    publicationDate: [
      'Publication date',
      'Veröffentlichungsdatum',
      'Date de publication',
      'Earliest publication',
    ],
    application: ['Application number', 'Anmeldenummer'],
    filingDate: ['Application date', 'Filing date', 'Anmeldedatum'],
    priorities: ['Priority number', 'Priority numbers', 'Prioritätsnummer'],
    priorityDate: ['Earliest priority', 'Priority date', 'Früheste Priorität'],
    applicants: ['Applicants', 'Applicant', 'Anmelder', 'Demandeurs'],
    inventors: ['Inventors', 'Inventor', 'Erfinder', 'Inventeurs'],
    ipc: ['IPC', 'International classification'],
    cpc: ['CPC', 'Cooperative Patent Classification'],
    citations: ['Cited documents', 'Zitierte Dokumente'],
    familyId: ['Family number', 'Familiennummer'],
  },
};
