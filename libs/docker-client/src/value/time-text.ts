import { timeOf, timeText } from '../template/go-time.ts';

/** `2023-01-01 00:00:00.5 +0000 UTC`, of a time as the engine writes it. */
export const goTimeText = (text: string): string => {
  const time = timeOf(text);
  return time === null ? text : timeText(time);
};
