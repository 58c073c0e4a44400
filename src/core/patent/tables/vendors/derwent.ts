/**
 * Derwent Innovation (before: Thomson Innovation). As seen in exports, in English, Chinese and Japanese; lists are
 * divided by ` | `. The fields of the Derwent index carry `- DWPI` behind their names: rewritten by Derwent, so they
 * count only where the office's own text is not exported.
 */
import type { VendorProfile } from './profile.ts';

export const derwent: VendorProfile = {
  name: 'Derwent Innovation',
  telling: [
    ...['Title - DWPI', 'Abstract - DWPI', 'IPC - Current - DWPI', 'IPC - Current', 'CPC - Current'],
    ...['Assignee - Current US', 'Optimized Assignee', 'Ultimate Parent', 'Cited Refs - Patent'],
    ...[
      'DWPI Family Members',
      'DWPI Accession Number',
      'DWPI Class',
      'DWPI Manual Codes',
      'INPADOC Family ID',
    ],
    ...['Abstract - DWPI Novelty', 'Title Terms - DWPI', 'Assignee - Original w/address'],
    // Reports of its analysts, as in those that the WIPO has published.
    ...['Derwent Accession Number', 'DWPI Title', 'Basic Patent Number', 'Count of Citing Patents - DPCI'],
    ...[
      '优先权号/优先权日 - DWPI',
      '公开专利文献类型识别代码',
      'DWPIアクセッション番号',
      '抄録 - DWPI優位性',
    ],
    ...['标题 - DWPI', '摘要 - DWPI', 'IPC - 现版', 'IPC - 现版 - DWPI', 'タイトル - DWPI', '抄録 - DWPI'],
  ],
  columns: {
    id: ['Publication Number', 'Basic Patent Number', '公开号', '公報番号'],
    title: [
      ...['Title', 'Title (English)', 'Title - DWPI', 'DWPI Title', '标题', '标题 - DWPI', 'タイトル'],
      ...['タイトル（英語）', 'タイトル - DWPI'],
    ],
    abstract: [
      'Abstract',
      'Abstract (English)',
      'Abstract - DWPI',
      '摘要',
      '摘要 - DWPI',
      '抄録',
      '抄録 - DWPI',
    ],
    claims: ['Claims', 'Claims (English)', 'Independent Claims', 'First Claim', '权利要求', '請求項'],
    description: ['Description', 'Detailed Description', 'Background'],
    office: ['Publication Country Code', 'Publication Country', '公开国家/地区代码'],
    kind: ['Publication Kind Code', 'Kind Code', '公开专利文献类型识别代码'],
    language: ['Language of Publication', 'Publication Language'],
    publicationDate: ['Publication Date', '公开日', '公开日期', '公報発行日'],
    filingDate: ['Application Date', '申请日', '申请日期', '出願日'],
    application: ['Application Number', '申请号', '出願番号'],
    priorities: [
      'Priority Number',
      'Priority Numbers',
      'Priority Number - DWPI',
      '优先权号',
      '優先権主張番号',
    ],
    priorityDate: ['Priority Date - Earliest', 'Priority Date', '优先权日', '優先権主張日'],
    applicants: [
      ...['Assignee/Applicant', 'Assignee - Original', 'Assignee - Standardized', 'Optimized Assignee'],
      ...['Standardized Assignee', 'Assignee - DWPI', '专利权人/申请人', '譲受人/出願人'],
    ],
    inventors: [
      'Inventor',
      'Inventor - Original',
      'Inventor w/address',
      'Inventor - DWPI',
      '发明人',
      '発明者',
    ],
    locarno: ['Locarno Class', 'Locarno'],
    familyId: ['INPADOC Family ID', 'DWPI Accession Number', 'Derwent Accession Number', 'PAN'],
    familyMembers: ['INPADOC Family Members', 'DWPI Family Members', 'DWPI ファミリーメンバー'],
  },
  joined: {
    ipc: [
      'IPC - Current',
      'IPC - Original',
      'IPC - Current - DWPI',
      'IPC - 现版',
      'IPC - 现版 - DWPI',
      'IPC - 最新 - DWPI',
    ],
    cpc: ['CPC - Current', 'CPC - Current - DWPI', 'CPC - 现版', 'CPC - 现版 - DWPI'],
    uspc: ['US Class', 'US Class - Original', 'US Class - Main', '美国分类'],
    citations: ['Cited Refs - Patent', 'Cited Refs - Non-patent', '引用的参考文献 - 专利', '引用文献 - 特許'],
  },
};
