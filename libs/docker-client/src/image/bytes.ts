/** A text as UTF-8. */
export const bytesOf = (text: string): Uint8Array => {
  const letters = encodeURIComponent(text.toWellFormed()).match(/%..|./gs) ?? [];
  return Uint8Array.from(letters, (letter) =>
    letter.length === 3 ? Number.parseInt(letter.slice(1), 16) : letter.charCodeAt(0),
  );
};
