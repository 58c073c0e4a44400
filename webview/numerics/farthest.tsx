/** The documents whose two embeddings lie farthest apart: where to look when something is wrong. */
import type { NumericsReport } from '../../src/protocol/numerics-view.ts';
import { useSend } from '../report/context.ts';
import { NumberTable } from '../report/number-table.tsx';
import { Section } from '../report/section.tsx';
import { TextButton } from '../ui/button.tsx';
import { t } from '../ui/strings.ts';
import { cosineText } from './wording.ts';

export function FarthestSection({ report }: { readonly report: NumericsReport }) {
  const send = useSend();
  if (report.farthest.length === 0) return null;
  return (
    <Section
      title={t('Which documents lie farthest apart?')}
      lead={t('Those with the lowest cosine; choose one to open it.')}
    >
      <NumberTable
        caption={t('Documents that lie farthest apart')}
        columns={[t('Document'), t('Cosine')]}
        rows={report.farthest.map(({ id, file, span, cosine }) => ({
          id,
          name: <TextButton onPress={() => send({ kind: 'open', path: file, span })}>{id}</TextButton>,
          cells: [cosineText(cosine)],
        }))}
      />
    </Section>
  );
}
