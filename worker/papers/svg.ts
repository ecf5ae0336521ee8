import { shorten } from "../../core/domain/form/text.ts";

/** Of Roboto, as a part of the size of the text: more than most words need. */
const widthOfCharacter = 0.54;

/** Words of a picture, in Roboto. What people have written stays words. */
export function svgText(
  x: number,
  y: number,
  words: string,
  {
    size,
    colour = "#0f172a",
    weight = 400,
    anchor = "start",
  }: { size: number; colour?: string; weight?: number; anchor?: "start" | "middle" | "end" },
): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}" text-anchor="${anchor}">${escapeXml(words)}</text>`;
}

export function widthOfText(words: string, size: number): number {
  return [...words].length * size * widthOfCharacter;
}

/** As much of the words as that width holds. */
export function fitted(words: string, size: number, width: number): string {
  return shorten(words, Math.max(1, Math.floor(width / (size * widthOfCharacter))));
}

function escapeXml(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
