/** How the learning rate goes over a training. */
import { SCHEDULES, type ScheduleKind } from '../../core/learning/finetune/schedule.ts';
import { text, usageError, type Values } from './options.ts';

export function scheduleOf(value: Values[string]): ScheduleKind {
  const given = text(value) ?? 'linear';
  const kind = SCHEDULES.find((one) => one === given);
  if (!kind) throw usageError(`--schedule is one of ${SCHEDULES.join(', ')}, not "${given}".`);
  return kind;
}
