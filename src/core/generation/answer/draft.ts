/** An answer taken apart, before anybody has judged it. */
import type { CheckNote, Rejection } from '../rejection.ts';

export interface Draft {
  readonly title: string;
  readonly abstract: string;
  /** Without their numbers. */
  readonly claims: readonly string[];
  readonly description: string;
}

/** A draft and what had to be done to it, or why there is none. */
export type Read =
  | { readonly kind: 'draft'; readonly draft: Draft; readonly notes: readonly CheckNote[] }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

export const rejected = (reason: Rejection['reason'], detail: string): Read => ({
  kind: 'rejected',
  rejection: { reason, detail },
});

/** All of it as one text, for checks that do not care where something stands. */
export const draftText = ({ title, abstract, claims, description }: Draft): string =>
  [title, abstract, ...claims, description].filter((part) => part !== '').join('\n');
