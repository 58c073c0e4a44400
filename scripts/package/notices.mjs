/**
 * The third-party notices of a package: the licence of every npm package whose code was bundled or is shipped, and of
 * the encoder. A package without a licence text of its own gets its licence's text with the holder named here; one
 * that is unknown stops the packaging, so that nothing is shipped without its notice.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../lib/paths.mjs';
import { Problem } from '../lib/problem.mjs';

const TEXTS = fileURLToPath(new URL('./licenses/', import.meta.url));

/** Holders of packages that ship no licence file: name → licence → holder. */
const HOLDERS = [
  { name: /^@microsoft\/fast-/, licenses: { MIT: 'Microsoft Corporation. All rights reserved.' } },
  { name: /^onnxruntime-/, licenses: { MIT: 'Microsoft Corporation' } },
  { name: /^saxes$/, licenses: { ISC: 'Isaac Z. Schlueter and Contributors' } },
  {
    name: /^snowball-stemmers$/,
    // The algorithms it is generated from are Snowball's, under the BSD licence.
    licenses: { ISC: 'Oleg Mazko', 'BSD-3-Clause': '2001 Dr Martin Porter, 2002 Richard Boulton' },
  },
  {
    name: /^@bufbuild\/protobuf$/,
    licenses: { 'Apache-2.0': 'Buf Technologies, Inc.', 'BSD-3-Clause': '2008 Google Inc.' },
  },
];

/** What is shipped beside npm packages, and what their packages do not say themselves. */
const MORE = `ONNX Runtime's binaries contain further components; their notices are in ThirdPartyNotices.txt of the
release of that version: https://github.com/microsoft/onnxruntime

================================================================================
all-MiniLM-L6-v2 (encoders/all-MiniLM-L6-v2-int8), Apache-2.0
https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
Its licence is the file LICENSE beside it.
`;

/**
 * @param {readonly string[]} inputs source files of the bundles, relative to the root
 * @param {readonly string[]} shipped names of packages that are shipped as they are
 */
export function thirdPartyNotices(inputs, shipped) {
  const folders = new Set(shipped.map((name) => `node_modules/${name}`));
  for (const input of inputs) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder) folders.add(folder);
  }
  const sections = [...folders].sort().map(noticeOf);
  return `Patent Lab contains the following third-party software.\n${sections.join('\n')}\n${MORE}`;
}

/** @param {string} folder */
function noticeOf(folder) {
  const place = path.join(root, folder);
  const { name, version, license, homepage } = JSON.parse(
    readFileSync(path.join(place, 'package.json'), 'utf8'),
  );
  const own = readdirSync(place)
    .filter((file) => /^(licen[cs]e|copying|notices?|third-?party-?notices)\b/i.test(file))
    .map((file) => readFileSync(path.join(place, file), 'utf8').trim());
  const texts = own.length > 0 ? own : standardTexts(name, license);
  const head = `${name} ${version}, ${license}${homepage ? `\n${homepage}` : ''}`;
  return `\n${'='.repeat(80)}\n${head}\n\n${texts.join('\n\n')}\n`;
}

/**
 * @param {string} name
 * @param {string} license
 */
function standardTexts(name, license) {
  const licenses = HOLDERS.find((one) => one.name.test(name))?.licenses ?? {};
  const named =
    String(license)
      .match(/[\w.-]+/g)
      ?.filter((word) => word !== 'AND') ?? [];
  if (named.length === 0 || named.some((one) => !(one in licenses))) {
    throw new Problem(
      `The package ${name} (${license}) ships no licence text.`,
      'Name its copyright holder in scripts/package/notices.mjs.',
    );
  }
  return Object.entries(licenses).map(([one, holder]) => {
    const text = readFileSync(path.join(TEXTS, `${one}.txt`), 'utf8').trimEnd();
    return text.includes('<holder>')
      ? text.replace('<holder>', holder)
      : `Copyright (c) ${holder}\n\n${text}`;
  });
}
