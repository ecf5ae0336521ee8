/** What a spreadsheet would run when a text that begins so stands in one of its cells. */
export function isLikeFormula(text: string): boolean {
  return /^\s*[=+\-@]/.test(text) || /^[\t\r]/.test(text);
}
