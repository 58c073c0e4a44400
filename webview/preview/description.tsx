/** The description: headings, and paragraphs with their numbers in the margin. */
import type { PreviewParagraph } from '../../src/protocol/preview-view.ts';
import { t } from '../ui/strings.ts';
import './description.css';
import { PassageText } from './passage.tsx';

interface DescriptionProps {
  readonly paragraphs: readonly PreviewParagraph[];
  readonly onClaim: (number: number) => void;
}

export function Description({ paragraphs, onClaim }: DescriptionProps) {
  return (
    <section class="part description" aria-labelledby="description">
      <h2 id="description" class="part-title">
        {t('Description')}
      </h2>
      {paragraphs.map((paragraph) =>
        paragraph.heading ? (
          <h3 key={paragraph.key} class="passage heading" data-key={paragraph.key} tabIndex={-1}>
            <PassageText passage={paragraph} onClaim={onClaim} />
          </h3>
        ) : (
          <div key={paragraph.key} class="passage paragraph" data-key={paragraph.key} tabIndex={-1}>
            {paragraph.number !== undefined && <span class="paragraph-number">[{paragraph.number}]</span>}
            <p>
              <PassageText passage={paragraph} onClaim={onClaim} />
            </p>
          </div>
        ),
      )}
    </section>
  );
}
