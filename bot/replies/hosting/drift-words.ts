import type { FoundDrift } from "../../../core/db/hosting/stack-drift.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { type Html, html } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";

/** Of what differs by what it is; `shows`: its values mean something to a reader. */
const properties: Record<string, { label: string; shows?: true }> = {
  container: { label: "kontainer lain berdiri di tempatnya" },
  existence: { label: "tidak ada lagi di host" },
  envs: { label: "variabel lingkungan (nilainya tidak ditampilkan)" },
  image: { label: "image", shows: true },
  memory: { label: "memori", shows: true },
  memorySwap: { label: "memori dengan swap", shows: true },
  mustRun: { label: "kontainernya berhenti" },
  mounts: { label: "volume yang dipasang", shows: true },
  networks: { label: "jaringan", shows: true },
  networksAdvanced: { label: "jaringan" },
  restart: { label: "kapan dijalankan lagi dengan sendirinya", shows: true },
  ports: { label: "port yang dibuka", shows: true },
};
const longestValue = 80;

/** "web-a: memori, 64 MB menjadi 96 MB (antara … dan …)" */
export function driftLine({ name, property, from, to, after, foundAt }: FoundDrift, office: OfficeWords): Html {
  const { label, shows } = properties[property] ?? { label: property };
  const values = shows ? `: ${shownValue(from)} menjadi ${shownValue(to)}` : "";
  return html`✋ <b>${name}</b>, ${label}${values} (${betweenLooks({ after, foundAt }, office)})`;
}

function shownValue(value: string | undefined): string {
  return value === undefined || value === "" ? "tidak ada" : shorten(value, longestValue);
}

/** Nobody knows when it was, only between which two looks. */
export function betweenLooks({ after, foundAt }: { after: Date | null; foundAt: Date }, office: OfficeWords): string {
  const until = showTime(foundAt, office);
  return after === null ? `sebelum ${until}` : `antara ${showTime(after, office)} dan ${until}`;
}
