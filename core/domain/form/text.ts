/** Marks that reorder or hide text: bidirectional controls and zero-width characters. Joiners stay, emoji need them. */
const invisibleControls = /[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
/** Control characters but tab, line feed and carriage return. */
const controls = /[\p{Cc}--[\t\n\r]]/gv;
const somethingVisible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Text as it is kept: NFC, without controls and hidden marks, line ends as LF, trimmed; "" when nothing visible is left. */
export function cleanText(text: string): string {
  const clean = text
    .normalize("NFC")
    .replace(invisibleControls, "")
    .replace(/\r\n?/g, "\n")
    .replace(controls, "")
    .trim();
  return somethingVisible.test(clean) ? clean : "";
}

/** The same on one line, for names and subjects. */
export function cleanLine(text: string): string {
  return cleanText(text.replace(/\s+/gu, " "));
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
