/** What the parts of the review share: the way to the host, and the labels' names. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ReviewViewIntent } from '../../src/protocol/review-view.ts';

export interface ReviewContext {
  readonly send: (intent: ReviewViewIntent) => void;
  readonly labelName: (id: string) => string;
}

const Shared = createContext<ReviewContext>({ send: () => undefined, labelName: (id) => id });

export const ReviewProvider = Shared.Provider;
export const useReview = (): ReviewContext => useContext(Shared);
