/**
 * A run: asks for what is missing, keeps every answer before anything else is done with it, judges it, and appends what
 * is accepted. The journal is written before the document and the document before the judgement, so a kill at any moment
 * leaves a state from which a later run goes on without asking for anything that came.
 */
import type { Prompt } from '../../core/generation/prompt.ts';
import { draftText } from '../../core/generation/answer/draft.ts';
import { judge } from '../../core/generation/answer/judge.ts';
import { answerBounds, type AnswerBounds } from '../../core/generation/answer-bounds.ts';
import { answerGrammar } from '../../core/generation/answer-grammar.ts';
import { answerSchema } from '../../core/generation/answer-schema.ts';
import type { GenerationPlan } from '../../core/generation/plan.ts';
import type { ChatRequest } from '../../core/generation/chat.ts';
import { tokenRoom } from '../../core/generation/token-room.ts';
import { toErrorReport } from '../../core/errors.ts';
import type { GenerationEvent, StopReason } from '../../protocol/generation.ts';
import { contextOf } from '../models/catalog.ts';
import { isCancelled } from '../task.ts';
import { ask, type Asked } from './ask.ts';
import type { GenerationChecks } from './checks/draft-checks.ts';
import type { ChatClient, ModelError } from './client.ts';
import { Pace, type Clock } from './pace.ts';
import { recordId, requestSeed, syntheticRecord } from './record.ts';
import { isGivenUp, type SlotStanding, type Standing } from './standing.ts';
import type { AnswerEntry, JournalEntry } from './storage/journal.ts';
import type { PlannedSlot } from './storage/run-folder.ts';

export interface RunInput {
  readonly plan: GenerationPlan;
  readonly slots: readonly PlannedSlot[];
  readonly labelIds: readonly string[];
  readonly standing: Standing;
  readonly client: ChatClient;
  readonly checks: GenerationChecks;
  readonly promptOf: (slot: PlannedSlot) => Prompt;
  /** Text of the document that a slot writes anew. */
  readonly sourceText: (slot: PlannedSlot) => string | undefined;
  /** An answer is on the disk when it resolves. */
  readonly writeJournal: (entry: JournalEntry) => Promise<void>;
  readonly writeDocument: (record: object) => Promise<void>;
  /** Most slots to ask for. */
  readonly most: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly tell: (event: GenerationEvent) => void;
}

/** How often the state of a run is told, in milliseconds. [ours] */
const TELL_EVERY = 500;
/** For budgets only, where the provider has not counted yet. [ours] */
const CHARACTERS_A_TOKEN = 4;

export class GenerationRun {
  readonly accepted: string[] = [];
  readonly #input: RunInput;
  readonly #pace: Pace;
  readonly #begun: number;
  /** Of one answer, at most. */
  readonly #answerTokens: number;
  readonly #bySlot: ReadonlyMap<number, PlannedSlot>;
  /** Waiting for answers that will not come is over; requests under way may still be answered. */
  readonly #stopping = new AbortController();
  #queue: SlotStanding[] = [];
  /** Slots under way. */
  #asked = 0;
  #stopped: StopReason | undefined;
  /** Tokens that requests under way may take. */
  #reserved = 0;
  #estimated = 0;
  #toldAt = -Infinity;

  constructor(input: RunInput) {
    this.#input = input;
    this.#bySlot = new Map(input.slots.map((slot) => [slot.number, slot]));
    this.#pace = new Pace(
      Math.min(input.plan.concurrency, input.client.capabilities.concurrency),
      input.clock,
    );
    this.#begun = input.clock.now();
    this.#answerTokens = tokenRoom(input.plan.maxTokens, contextOf(input.plan.model)).answer;
  }

  /** Throws what cannot be written; a model that fails and a cancellation are reasons why it stopped. */
  async run(): Promise<StopReason | undefined> {
    const { standing, plan, most, signal, clock } = this.#input;
    for (const entry of standing.open) await this.#take(entry);
    this.#queue = [...standing.slots.values()]
      .filter((slot) => !slot.accepted && !isGivenUp(slot, plan.retries))
      .slice(0, most);
    const places = Math.min(plan.concurrency, this.#input.client.capabilities.concurrency);
    const stop = (): void => this.#stopping.abort();
    signal.addEventListener('abort', stop, { once: true });
    const timer = setInterval(() => this.#tellState(clock.now()), TELL_EVERY);
    let failure: { readonly cause: unknown } | undefined;
    const work = async (): Promise<void> => {
      try {
        await this.#work();
      } catch (cause) {
        if (!isCancelled(cause)) failure ??= { cause };
        this.#stopping.abort();
      }
    };
    await Promise.all(Array.from({ length: Math.min(places, this.#queue.length) }, work));
    clearInterval(timer);
    signal.removeEventListener('abort', stop);
    if (failure) throw failure.cause;
    this.#tellState(Infinity);
    return signal.aborted ? { kind: 'cancelled' } : this.#stopped;
  }

  async #work(): Promise<void> {
    for (;;) {
      const slot = this.#next();
      if (!slot) return;
      const planned = this.#bySlot.get(slot.number);
      if (!planned) continue;
      await this.#make(slot, planned);
    }
  }

  /** The next slot that may be asked for; undefined where none is left or a budget is used up. */
  #next(): SlotStanding | undefined {
    if (this.#stopping.signal.aborted) return undefined;
    const [slot] = this.#queue;
    const planned = slot && this.#bySlot.get(slot.number);
    if (!slot || !planned) return this.#queue.shift();
    const { plan, standing } = this.#input;
    const { documents = Infinity, tokens = Infinity } = plan.budget;
    const { accepted, promptTokens, completionTokens } = standing.tally;
    if (accepted + this.#asked >= documents) return this.#outOf('documents');
    const needed = this.#tokensOf(planned);
    const spent = promptTokens + completionTokens + this.#estimated;
    if (spent + this.#reserved + needed > tokens) return this.#outOf('tokens');
    this.#queue.shift();
    this.#asked++;
    this.#reserved += needed;
    return slot;
  }

  /** With requests under way, they may be rejected and leave room; the worker that ends last decides. */
  #outOf(of: 'documents' | 'tokens'): undefined {
    if (this.#asked === 0) this.#stopped ??= { kind: 'budget', of };
    return undefined;
  }

  async #make(slot: SlotStanding, planned: PlannedSlot): Promise<void> {
    const { plan } = this.#input;
    const { rejections } = slot;
    const needed = this.#tokensOf(planned);
    try {
      const asked = await this.#ask(slot, planned);
      if (asked.kind === 'answer') await this.#keep(slot, planned, asked);
      else if (asked.kind === 'stop') {
        this.#stopped ??= { kind: 'model', error: toErrorReport(asked.error) };
        this.#stopping.abort();
      }
    } finally {
      this.#asked--;
      this.#reserved -= needed;
    }
    // A request without an answer is not repeated here: `ask` has tried, and a later run will.
    const again = slot.rejections > rejections && !isGivenUp(slot, plan.retries);
    if (again && !this.#stopping.signal.aborted) this.#queue.push(slot);
  }

  #ask(slot: SlotStanding, planned: PlannedSlot): Promise<Asked> {
    const { client, clock, signal, tell, writeJournal, standing } = this.#input;
    return ask(this.#request(planned, slot.attempts + 1), {
      client,
      pace: this.#pace,
      clock,
      signal,
      stopping: this.#stopping.signal,
      failed: async (error: ModelError, wait) => {
        standing.tally.failure(error.code);
        tell({ kind: 'failure', error: toErrorReport(error), ...(wait === undefined ? {} : { wait }) });
        const { code, message } = error;
        await writeJournal({
          kind: 'failure',
          slot: slot.number,
          at: new Date().toISOString(),
          code,
          message,
        });
      },
    });
  }

  #request(planned: PlannedSlot, attempt: number): ChatRequest {
    const { plan, promptOf, client } = this.#input;
    return {
      messages: promptOf(planned).messages,
      ...(client.capabilities.structured ? { schema: answerSchema(this.#bounds(planned)) } : {}),
      ...(plan.prompts === 'short' ? { repeats: 'discouraged' } : {}),
      ...(this.#usesGrammar ? { grammar: answerGrammar(this.#bounds(planned)) } : {}),
      maxTokens: this.#answerTokens,
      temperature: plan.temperature,
      seed: requestSeed(planned, attempt),
    };
  }

  async #keep(
    slot: SlotStanding,
    planned: PlannedSlot,
    { answer, milliseconds }: Extract<Asked, { kind: 'answer' }>,
  ): Promise<void> {
    const { writeJournal, standing } = this.#input;
    const entry: AnswerEntry = {
      kind: 'answer',
      slot: slot.number,
      attempt: slot.attempts + 1,
      at: new Date().toISOString(),
      milliseconds,
      promptHash: planned.promptHash,
      ...answer,
    };
    await writeJournal(entry);
    slot.attempts++;
    standing.tally.answer(answer);
    if (answer.promptTokens === undefined || answer.completionTokens === undefined)
      this.#estimated += this.#promptTokens(planned) + Math.ceil(answer.text.length / CHARACTERS_A_TOKEN);
    await this.#take(entry);
  }

  /** Makes a document of an answer that is safely stored. */
  async #take(entry: AnswerEntry): Promise<void> {
    const { plan, checks, standing, labelIds, promptOf, sourceText, tell, clock } = this.#input;
    const [slot, planned] = [standing.slots.get(entry.slot), this.#bySlot.get(entry.slot)];
    if (!slot || !planned || slot.accepted) return;
    const source = sourceText(planned);
    const judgement = judge(
      {
        answer: entry,
        slot: planned,
        plan,
        bounds: this.#bounds(planned),
        ...(source === undefined ? {} : { source }),
      },
      checks,
    );
    standing.tally.came(clock.now(), entry.completionTokens, judgement.kind === 'accepted');
    const about = { kind: 'judgement', slot: entry.slot, attempt: entry.attempt } as const;
    if (judgement.kind === 'rejected') {
      const { reason, detail } = judgement.rejection;
      slot.rejections++;
      standing.tally.rejection(reason);
      const again = !isGivenUp(slot, plan.retries);
      if (!again) standing.tally.rejected++;
      tell({ kind: 'rejected', slot: entry.slot, reason, detail, again });
      await this.#input.writeJournal({ ...about, reason, detail });
      return;
    }
    const { draft, notes } = judgement;
    const id = recordId(plan.name, entry);
    // Before the next answer is judged: it must differ from this one.
    checks.addOutput(id, draftText(draft));
    const prompt = promptOf(planned);
    await this.#input.writeDocument(
      syntheticRecord({ plan, slot: planned, labelIds, prompt, answer: entry, draft, notes }),
    );
    slot.accepted = true;
    standing.tally.accepted++;
    this.accepted.push(id);
    tell({
      kind: 'accepted',
      id,
      title: draft.title,
      labels: planned.labels.map((at) => labelIds[at] ?? ''),
    });
    await this.#input.writeJournal({ ...about, accepted: id });
  }

  #tokensOf(planned: PlannedSlot): number {
    return this.#promptTokens(planned) + this.#answerTokens;
  }

  #bounds({ attributes }: PlannedSlot): AnswerBounds {
    const bounds = answerBounds(attributes.length, this.#input.plan.description, this.#answerTokens);
    return this.#usesGrammar ? { ...bounds, closed: true } : bounds;
  }

  /** The grammar knows how English claims are built. */
  get #usesGrammar(): boolean {
    const { plan, client } = this.#input;
    return plan.prompts === 'short' && plan.language === 'en' && client.capabilities.grammar === true;
  }

  #promptTokens(planned: PlannedSlot): number {
    const { messages } = this.#input.promptOf(planned);
    return Math.ceil(messages.reduce((sum, { content }) => sum + content.length, 0) / CHARACTERS_A_TOKEN);
  }

  #tellState(now: number): void {
    if (now - this.#toldAt < TELL_EVERY) return;
    this.#toldAt = this.#input.clock.now();
    const { standing, tell } = this.#input;
    tell({
      kind: 'state',
      counts: standing.tally.counts(),
      seconds: (this.#toldAt - this.#begun) / 1000,
      inFlight: this.#pace.inFlight,
      concurrency: this.#pace.limit,
      ...standing.tally.speed(this.#begun, this.#toldAt),
    });
  }
}
