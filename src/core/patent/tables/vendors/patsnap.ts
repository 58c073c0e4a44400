/**
 * Patsnap. As seen in exports of its English and Chinese surfaces; lists are divided by ` | ` or line breaks. Names
 * with `(English)` or `(Translated)` are machine translations and count only where nothing else is exported.
 */
import type { VendorProfile } from './profile.ts';

export const patsnap: VendorProfile = {
  name: 'Patsnap',
  telling: [
    ...['Simple Legal Status', 'Original Assignee', 'Current Assignee', '[Standard] Original Assignee'],
    ...['[Standard] Current Assignee', 'Standardized Original Assignee', 'PatSnap Family', 'PatSnap Link'],
    ...['Simple Family Count', 'First Claim (English)', 'Patent Valuation', 'Technical Problem', 'IPC Main'],
    ...[
      '公开(公告)号',
      '公开(公告)日',
      '当前申请(专利权)人',
      '原始申请(专利权)人',
      '简单法律状态',
      'IPC主分类号',
    ],
  ],
  columns: {
    id: ['Publication Number', 'Publication No.', 'Patent Number', '公开(公告)号', '公开号'],
    title: [
      'Title',
      'Title (Original)',
      'Title (English)',
      'Title (Translated)',
      '标题',
      '标题(译)',
      '标题(英文)',
    ],
    abstract: [
      'Abstract',
      'Abstract (Original)',
      'Abstract (English)',
      'Abstract (Translated)',
      '摘要',
      '摘要(译)',
    ],
    claims: [
      ...['Claims', 'Claims (English)', 'Claims (Translated)', 'Independent Claims', 'Independent Claim'],
      ...['First Claim', 'First Claim (English)', '权利要求', '独立权利要求', '首项权利要求'],
    ],
    description: ['Description', 'Description (English)', '说明书'],
    office: ['Authority', 'Publication Country', 'Country', '受理局'],
    kind: ['Kind Code', 'Kind'],
    language: ['Language', '语言'],
    publicationDate: ['Publication Date', '公开(公告)日', '公开日'],
    filingDate: ['Application Date', 'Filing Date', '申请日'],
    application: ['Application Number', 'Application No.', '申请号'],
    priorities: ['Priority Number', 'Priority No.', 'Priority Numbers', '优先权号'],
    priorityDate: ['Earliest Priority Date', 'Priority Date', '最早优先权日', '优先权日'],
    applicants: [
      ...['Original Assignee', '[Standard] Original Assignee', 'Standardized Original Assignee', 'Applicant'],
      ...[
        'Current Assignee',
        '[Standard] Current Assignee',
        '原始申请(专利权)人',
        '申请人',
        '当前申请(专利权)人',
      ],
    ],
    inventors: ['Inventor', 'Inventors', 'Inventor(s)', '发明人'],
    ipc: ['IPC', 'IPC Classification', 'IPCs', 'IPC分类号', 'IPC', 'IPC Main', 'IPC主分类号'],
    cpc: ['CPC', 'CPC Classification', 'CPCs', 'CPC分类号'],
    uspc: ['UPC', 'US Classification'],
    locarno: ['LOC', 'Locarno', 'LOC分类号', '洛迦诺分类号'],
    familyId: ['Simple Family ID', 'PatSnap Family ID', '简单同族编号'],
    familyMembers: [
      'Simple Family',
      'Simple Family Members',
      'INPADOC Family',
      'INPADOC Family Members',
      '简单同族',
    ],
  },
  joined: {
    citations: [
      'Backward Citation',
      'Backward Citations',
      'Cites',
      'Cited Patents',
      'NPL Citation',
      '引用专利',
      '非专利引用',
    ],
  },
};
