import { isOnEarth } from "./calls/location.ts";
import { countCharacters, type FormattedText, longestCaption, longestText, typedText } from "./formatted-text.ts";
import { PersonRefusal } from "./person-refusal.ts";
import type { Location } from "./types.ts";

/** source: Telegram's apps, largest file of a person without Premium (2000 MB); kept here at what the server holds in memory */
const largestFileBytes = 50 * 2 ** 20;

export function textContent(text: string): Record<string, unknown> {
  const typed = typedText(text);
  if (typed.text === "") throw new PersonRefusal(400, "Pesan perlu berisi teks.");
  if (countCharacters(typed.text) > longestText) {
    throw new PersonRefusal(400, `Pesan paling panjang ${longestText} karakter.`);
  }
  return { text: typed.text, ...entitiesOf("entities", typed) };
}

export function captionContent(caption: string | undefined): Record<string, unknown> {
  const typed = typedText(caption ?? "");
  if (typed.text === "") return {};
  if (countCharacters(typed.text) > longestCaption) {
    throw new PersonRefusal(400, `Keterangan paling panjang ${longestCaption} karakter.`);
  }
  return { caption: typed.text, ...entitiesOf("caption_entities", typed) };
}

function entitiesOf(field: string, { entities }: FormattedText): Record<string, unknown> {
  return entities.length === 0 ? {} : { [field]: entities };
}

export function requireFile(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new PersonRefusal(400, "Berkas itu kosong.");
  if (bytes.length > largestFileBytes) throw new PersonRefusal(413, "Berkas paling besar 50 MB.");
}

export function requireLocation(location: Location): Location {
  if (!isOnEarth(location)) throw new PersonRefusal(400, "Lintang dari -90 sampai 90, bujur dari -180 sampai 180.");
  return location;
}
