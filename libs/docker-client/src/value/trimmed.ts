/** Without that letter at both ends, however often it stands there. @source Go strings Trim */
export const trimmed = (text: string, letter: string): string => {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === letter) start += 1;
  while (end > start && text[end - 1] === letter) end -= 1;
  return text.slice(start, end);
};
