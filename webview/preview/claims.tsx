/** The claims, each below the one it depends on. */
import type { PreviewClaim } from '../../src/protocol/preview-view.ts';
import { integer } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';
import './claims.css';
import { PassageText } from './passage.tsx';

/** Deeper claims are not moved further in: the text keeps a readable width. */
const DEEPEST = 5;

interface ClaimsProps {
  readonly claims: readonly PreviewClaim[];
  readonly onClaim: (number: number) => void;
}

export function Claims({ claims, onClaim }: ClaimsProps) {
  const independent = claims.filter(({ dependsOn }) => dependsOn.length === 0).length;
  return (
    <section class="part" aria-labelledby="claims">
      <h2 id="claims" class="part-title">
        {t('Claims')}
        <span class="part-count">
          {plural(claims.length, '{0} claim', '{0} claims', integer(claims.length))}
          {' · '}
          {t('{0} independent', integer(independent))}
        </span>
      </h2>
      <div role="list">
        {claims.map((claim) => (
          <div
            key={claim.key}
            role="listitem"
            class={claim.dependsOn.length === 0 ? 'passage claim independent' : 'passage claim'}
            data-key={claim.key}
            tabIndex={-1}
            style={{ '--depth': Math.min(claim.depth, DEEPEST) }}
            aria-label={label(claim)}
          >
            <span class="claim-number">{claim.number}</span>
            <div class="claim-text">
              <PassageText passage={claim} onClaim={onClaim} />
              <OtherParents claim={claim} onClaim={onClaim} />
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}

/** A claim stands below one parent only, so its others are named. */
function OtherParents({ claim, onClaim }: { readonly claim: PreviewClaim } & Pick<ClaimsProps, 'onClaim'>) {
  const others = claim.dependsOn.slice(1);
  if (others.length === 0) return null;
  return (
    <span class="claim-others">
      {t('also depends on')}{' '}
      {others.slice(0, 12).map((number) => (
        <a
          key={number}
          href="#"
          class="claim-link"
          tabIndex={-1}
          onClick={(event) => {
            event.preventDefault();
            onClaim(number);
          }}
        >
          {number}
        </a>
      ))}
      {others.length > 12 && <span>{t('and {0} more', integer(others.length - 12))}</span>}
    </span>
  );
}

const label = ({ number, dependsOn }: PreviewClaim): string =>
  dependsOn.length === 0
    ? t('Claim {0}, independent', number)
    : t('Claim {0}, depends on {1}', number, dependsOn.join(', '));
