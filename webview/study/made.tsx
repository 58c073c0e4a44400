/** What was run, on what, with which versions: everything that makes the study repeatable. */
import type { StudyReport } from '../../src/protocol/study-view.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { decimal, integer, moment, percent } from '../ui/format.ts';
import { useSaved } from '../ui/saved.ts';
import { t } from '../ui/strings.ts';
import type { StudyHost } from './app.tsx';
import './made.css';
import { familyName, policyName, regimeName, scheduleName } from './wording.ts';

export function MadeSection({ report, host }: { readonly report: StudyReport; readonly host: StudyHost }) {
  const [open, setOpen] = useSaved(host, 'madeOpen', false);
  return (
    <div class="made">
      <Disclosure title={t('How this was made')} open={open} onToggle={setOpen} look="section">
        <dl class="made-facts">
          {facts(report).map(([name, value]) => (
            <div key={name} class="made-fact">
              <dt class="muted">{name}</dt>
              <dd class="number">{value}</dd>
            </div>
          ))}
        </dl>
        <h3>{t('Inputs')}</h3>
        <table class="made-inputs">
          <caption class="visually-hidden">{t('Inputs and their hashes')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('Role')}</th>
              <th scope="col">{t('File')}</th>
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            {report.inputs.map(({ role, path, sha256 }) => (
              <tr key={`${role} ${path}`}>
                <td class="muted">{roleName(role)}</td>
                <th scope="row">{path}</th>
                <td title={sha256}>
                  <code>{sha256.slice(0, 16)}…</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {report.failures.length > 0 && (
          <>
            <h3>{t('What failed')}</h3>
            <ul class="made-failures">
              {report.failures.map(({ message, remedy }, at) => (
                <li key={at}>
                  {message} <span class="muted">{remedy}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        <h3>{t('Plan')}</h3>
        <pre class="made-plan">{JSON.stringify(report.plan, undefined, 2)}</pre>
      </Disclosure>
    </div>
  );
}

function facts(report: StudyReport): readonly (readonly [string, string])[] {
  const { plan, training, documents } = report;
  return [
    [
      t('Made'),
      `${moment(report.createdAt)}, Patent Lab ${report.patentLab}, ONNX Runtime ${report.onnxruntime}`,
    ],
    [t('Taxonomy'), report.taxonomy],
    [t('Encoder'), report.encoder],
    [
      t('Documents'),
      t(
        '{0} real, {1} synthetic, {2} to judge on in {3} groups',
        integer(documents.real),
        integer(documents.synthetic),
        integer(documents.test),
        integer(documents.testGroups),
      ),
    ],
    [t('Read'), plan.view],
    [t('Real documents'), documents.regimes.map(({ regime }) => regimeName(regime, report)).join(' · ')],
    [t('Schedules'), plan.schedules.map(scheduleName).join(' · ')],
    [t('Thresholds'), plan.thresholds.map(policyName).join(' · ')],
    [t('Classifiers'), plan.families.map(familyName).join(' · ')],
    [t('Seeds'), t('{0}, from {1}', integer(plan.seeds), integer(plan.seed))],
    [
      t('Training'),
      t(
        '{0}, learning rate {1}, weight decay {2}, batches of {3}, {4} epochs',
        training.optimiser,
        String(training.learningRate),
        String(training.weightDecay),
        integer(training.batch),
        integer(plan.epochs),
      ),
    ],
    [
      t('Intervals'),
      t(
        '{0} by a paired bootstrap over test groups and seeds, {1} resamples ({2} for the other figures); Holm’s correction over the arms of a cell',
        percent(training.level),
        integer(training.resamples),
        integer(training.otherResamples),
      ),
    ],
    [
      t('Took'),
      t('{0} s; {1} s were estimated', decimal(report.seconds, 0), decimal(report.estimate.seconds, 0)),
    ],
  ];
}

function roleName(role: StudyReport['inputs'][number]['role']): string {
  switch (role) {
    case 'taxonomy':
      return t('taxonomy');
    case 'real':
      return t('real documents');
    case 'synthetic':
      return t('synthetic documents');
    case 'test':
      return t('test documents');
    case 'plan':
      return t('plan');
    case 'encoder':
      return t('encoder');
    case 'review':
      return t('review');
  }
}
