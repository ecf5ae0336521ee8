/**
 * Characters that reorder or hide text, or look like nothing: bidirectional controls, zero-width characters, fillers.
 * Joiners, variation selectors and tags stay, emoji and some scripts need them.
 */
const invisible = /[\p{Default_Ignorable_Code_Point}--[\u200C\u200D\uFE00-\uFE0F\u{E0020}-\u{E007F}]]/gv;
/** Control characters but tab and line feed. */
const controls = /[\p{Cc}--[\t\n]]/gv;
/** The empty braille pattern counts as a symbol. */
const somethingVisible = /[[\p{L}\p{N}\p{P}\p{S}]--\u2800]/v;

/**
 * Text as it is kept: well formed, NFC, without controls and hidden marks, line ends as LF, trimmed; "" when nothing
 * visible is left. Clean text stays as it is.
 */
export function cleanText(text: string): string {
  const clean = text
    .toWellFormed()
    .replace(invisible, "")
    .replace(/\r\n?/g, "\n")
    .replace(controls, "")
    .normalize("NFC")
    .trim();
  return somethingVisible.test(clean) ? clean : "";
}

/** The same on one line, for names and subjects. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, " ");
}

/** At most `length` characters (code points), with an ellipsis where something was cut. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
}
