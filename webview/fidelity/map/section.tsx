/** Where the documents lie: a map of all embeddings, to be pointed at or walked by arrow keys, or the same as a list. */
import { useMemo } from 'preact/hooks';
import type { FidelityReport } from '../../../src/protocol/fidelity-view.ts';
import { Section } from '../../report/section.tsx';
import { SCREEN } from '../../ui/chart.tsx';
import { Dropdown } from '../../ui/dropdown.tsx';
import { integer, percent } from '../../ui/format.ts';
import { useSaved } from '../../ui/saved.ts';
import { plural, t } from '../../ui/strings.ts';
import { Switch } from '../../ui/switch.tsx';
import type { FidelityHost } from '../app.tsx';
import { useFidelity } from '../context.ts';
import type { DocumentOf } from '../documents.ts';
import { mapChart } from './chart.ts';
import { groupColour, mapGroups, type MapColouring, type MapGroups } from './colours.ts';
import { DocumentMap } from './document-map.tsx';
import { PointList } from './point-list.tsx';
import './section.css';

interface MapSectionProps {
  readonly report: FidelityReport;
  readonly documentOf: DocumentOf;
  readonly host: FidelityHost;
}

export function MapSection({ report, documentOf, host }: MapSectionProps) {
  const { map } = report;
  const { labelName } = useFidelity();
  const [wanted, setProjection] = useSaved(host, 'projection', 'pca');
  const [colouring, setColouring] = useSaved(host, 'colouring', 'provenance');
  const [layout, setLayout] = useSaved(host, 'mapLayout', 'map');
  const hasUmap = map.points.some(({ umap }) => umap !== undefined);
  const projection = hasUmap ? wanted : 'pca';
  const groups = useMemo(
    () => mapGroups(map.points, colouring, { labelName, document: documentOf }),
    [map, colouring, labelName, documentOf],
  );
  const spec = useMemo(
    () => mapChart(map, projection, colouring, groups),
    [map, projection, colouring, groups],
  );
  if (map.points.length === 0) return null;
  return (
    <Section
      title={t('Where they lie')}
      lead={lead(report, projection)}
      chart={{ name: `fidelity-map-${projection}`, spec }}
      tools={
        <>
          {hasUmap && (
            <Switch
              label={t('Projection')}
              value={projection}
              options={[
                { value: 'pca', text: t('PCA') },
                { value: 'umap', text: t('UMAP') },
              ]}
              onChange={setProjection}
            />
          )}
          <Dropdown
            label={t('Colours')}
            value={colouring}
            options={[
              { value: 'provenance', text: t('Real or synthetic') },
              { value: 'label', text: t('By label') },
              { value: 'model', text: t('By model') },
            ]}
            onChange={setColouring}
          />
          <Switch
            label={t('Show documents')}
            value={layout}
            options={[
              { value: 'map', text: t('As a map') },
              { value: 'list', text: t('As a list') },
            ]}
            onChange={setLayout}
          />
        </>
      }
    >
      <Legend groups={groups} colouring={colouring} />
      {layout === 'map' ? (
        <DocumentMap map={map} projection={projection} spec={spec} documentOf={documentOf} />
      ) : (
        <PointList points={map.points} documentOf={documentOf} />
      )}
    </Section>
  );
}

function lead({ map }: FidelityReport, projection: 'pca' | 'umap'): string {
  const [one, other] = map.explained;
  const shown =
    map.points.length < map.documents
      ? t('A drawn sample of {0} of {1} documents.', integer(map.points.length), integer(map.documents))
      : plural(map.documents, '{0} document.', 'All {0} documents.', integer(map.documents));
  const axes = t(
    'The two axes hold {0} of the variance, so documents that are neighbours here need not be ones in truth.',
    percent(one + other),
  );
  const hasUmap = map.points.some(({ umap }) => umap !== undefined);
  const how = projection === 'umap' ? [map.umapNote] : [axes, ...(hasUmap ? [] : [map.umapNote])];
  return [shown, ...how].filter((sentence) => sentence !== '').join(' ');
}

function Legend({ groups, colouring }: { readonly groups: MapGroups; readonly colouring: MapColouring }) {
  return (
    <p class="chart-keys map-legend">
      <span class="map-key">
        <span class="map-shape real" aria-hidden="true" />
        {t('real')}
      </span>
      <span class="map-key">
        <span class="map-shape synthetic" aria-hidden="true" />
        {t('synthetic')}
      </span>
      {colouring !== 'provenance' &&
        groups.groups.map((group) => (
          <span key={group.key} class="map-key">
            <span
              class="map-swatch"
              aria-hidden="true"
              style={{ background: groupColour(group, colouring, SCREEN) }}
            />
            {group.name} <span class="muted number">{integer(group.count)}</span>
          </span>
        ))}
    </p>
  );
}
