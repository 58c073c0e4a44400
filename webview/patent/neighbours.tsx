/** The labelled patents nearest to this one: what the analyst called similar texts. */
import type { LabelPrediction, Neighbour } from '../../src/protocol/engine.ts';
import { Chip } from '../ui/badge.tsx';
import { decimal, integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { useView } from './context.ts';
import { labelNames } from './neighbour-labels.ts';
import './neighbours.css';

interface NeighboursProps {
  readonly neighbours: readonly Neighbour[];
  readonly labels: readonly LabelPrediction[];
  readonly taxonomy: readonly { readonly id: string; readonly name: string }[];
}

export function Neighbours({ neighbours, labels, taxonomy }: NeighboursProps) {
  const { send } = useView();
  if (neighbours.length === 0) return null;
  return (
    <section class="neighbours">
      <h2 class="section-heading">
        {t('Nearest labelled patents')} <span class="count number">{integer(neighbours.length)}</span>
      </h2>
      <ul>
        {neighbours.map((neighbour) => (
          <li key={`${neighbour.path} ${neighbour.span.start}`}>
            <button
              type="button"
              class="neighbour"
              title={`${neighbour.title}\n${neighbour.path}`}
              onClick={() => send({ kind: 'open-neighbour', path: neighbour.path, span: neighbour.span })}
            >
              <span class="neighbour-title">{neighbour.title || neighbour.id}</span>
              <span class="neighbour-similarity number" title={t('Similarity: cosine of the embeddings')}>
                <span class="visually-hidden">{t('similarity')} </span>
                {decimal(neighbour.similarity)}
              </span>
              <span class="neighbour-id">{neighbour.id}</span>
              <span class="neighbour-labels">
                {labelNames(neighbour, labels, taxonomy).map(({ id, name, shared }) => (
                  <Chip
                    key={id}
                    look={shared ? 'filled' : 'plain'}
                    tooltip={shared ? t('Assigned to this patent too') : undefined}
                  >
                    <span class="chip-text">{name}</span>
                  </Chip>
                ))}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
