/**
 * Espacenet result lists. As seen in exports: semicolons, every cell in quotes, lines about the query before the header
 * row, an empty column behind the last one; a row is a simple family, so that its publication number may be several.
 * The classic Espacenet and the EPO's other lists have commas, `Applicant(s)`, and a column for each kind of citation.
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
    'Patents cited in the search report',
    'Literature cited in the search report',
    'Patents used in opposition',
    'International search citation',
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
    filingDate: ['Application date', 'Filing date', 'Date of application', 'Anmeldedatum'],
    priorities: ['Priority number', 'Priority number(s)', 'Priority numbers', 'Prioritätsnummer'],
    priorityDate: ['Earliest priority', 'Priority date', 'Früheste Priorität'],
    applicants: ['Applicants', 'Applicant', 'Anmelder', 'Demandeurs'],
    inventors: ['Inventors', 'Inventor', 'Erfinder', 'Inventeurs'],
    ipc: ['IPC', 'International classification'],
    cpc: ['CPC', 'Cooperative Patent Classification'],
    familyId: ['Family number', 'Familiennummer'],
  },
  joined: {
    citations: [
      ...['Cited documents', 'Zitierte Dokumente'],
      ...['Patents cited in the search report', 'Literature cited in the search report'],
      ...['Patents cited during examination', 'Literature cited during examination'],
      ...['Patents cited by the applicant', 'Literature cited by the applicant'],
      ...['Patents used in opposition', 'Literature used in opposition'],
      ...['International search citation', 'International search NPL citation'],
      ...['Other patent citations', 'Other literature citations'],
    ],
  },
};
