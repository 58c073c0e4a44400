/**
 * The Lens. Names as its patent exports give them, those of before 2018 among them (`Cited Count`, `PubMed Id(s)`);
 * `Full Text` and `Has Full Text` only say whether there is one. The meaning of the fields is documented at
 * https://support.lens.org/knowledge-base/patent-field-definition/. Lists are divided by `;;`.
 */
import type { VendorProfile } from './profile.ts';

export const lens: VendorProfile = {
  name: 'Lens',
  telling: [
    ...['Lens ID', 'Display Key', 'IPCR Classifications', 'Cites Patent Count', 'Cited by Patent Count'],
    ...['Simple Family Member Jurisdictions', 'NPL Resolved Lens ID(s)', 'Has Full Text', 'Owners (US)'],
    'PubMed Id(s)',
  ],
  columns: {
    id: ['Display Key', 'Publication Number', 'Lens ID'],
    title: ['Title'],
    abstract: ['Abstract'],
    claims: ['Claims'],
    description: ['Description'],
    office: ['Jurisdiction'],
    kind: ['Kind'],
    language: ['Language'],
    publicationDate: ['Publication Date'],
    filingDate: ['Application Date'],
    application: ['Application Number'],
    priorities: ['Priority Numbers'],
    priorityDate: ['Earliest Priority Date'],
    applicants: ['Applicants'],
    inventors: ['Inventors'],
    ipc: ['IPCR Classifications', 'IPCR Classification'],
    cpc: ['CPC Classifications', 'CPC Classification'],
    uspc: ['US Classifications', 'US Classification'],
    familyMembers: ['Simple Family Members', 'Extended Family Members'],
  },
  meaningless: ['Full Text', 'Has Full Text'],
  joined: { citations: ['Cites Patents', 'Cited Patents', 'NPL Citations', 'Non-Patent Citations'] },
};
