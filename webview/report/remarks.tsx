/** What to keep in mind of a report, and how many records could not be taken over. */
import { TextButton } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { plural, t } from '../ui/strings.ts';
import { useSend } from './context.ts';

interface RemarksProps {
  readonly notes: readonly string[];
  readonly problems: number;
}

export function Remarks({ notes, problems }: RemarksProps) {
  const send = useSend();
  if (notes.length === 0 && problems === 0) return null;
  return (
    <Notice tone="info">
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {problems > 0 && (
        <p>
          {plural(
            problems,
            '{0} record could not be taken over.',
            '{0} records could not be taken over.',
            integer(problems),
          )}{' '}
          <TextButton onPress={() => send({ kind: 'show-problems' })}>{t('Show problems')}</TextButton>
        </p>
      )}
    </Notice>
  );
}
