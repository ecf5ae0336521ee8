import type { PlannedChange } from "../../../core/domain/hosting/preview.ts";
import { dataVolume } from "../../../core/domain/hosting/stack-names.ts";

const changeWords: Record<PlannedChange["change"], string> = {
  create: "➕ Dibuat",
  update: "✏️ Diubah",
  replace: "♻️ Diganti",
  delete: "🗑 Dihapus",
};
/** What there is once in a stack is called by what it is for; others keep their names. */
const resourceWords: Record<string, string> = {
  "container web-a": "kontainer aplikasi (web-a)",
  "container web-b": "kontainer aplikasi (web-b)",
  "container database": "kontainer basis data",
  "container access": "kontainer akses vendor",
  "container proxy": "kontainer proksi",
  "network network": "jaringan aplikasi",
  [`volume volume-${dataVolume}`]: "volume basis data",
  "other host": "koneksi ke Docker di host",
};
const kindWords: Record<PlannedChange["kind"], string> = {
  container: "kontainer",
  network: "jaringan",
  volume: "volume",
  other: "stack",
};

/** "♻️ Diganti: kontainer aplikasi (web-a): image, memory" */
export function plannedChangeInWords({ change, kind, name, properties }: PlannedChange): string {
  const what = properties.length === 0 ? "" : `: ${properties.join(", ")}`;
  return `${changeWords[change]}: ${resourceInWords({ kind, name })}${what}`;
}

/** For who approves what is built on a host that keeps applications only from each other. */
export const unpreparedHost =
  "⚠️ Aturan firewall host ini tidak terlihat: aplikasi di sana dapat menjangkau host dan jaringan kantor. Jalankan dulu di server Simpul: npm run runbook -- prepare-host";

/** "kontainer basis data", "volume uploads" */
export function resourceInWords({ kind, name }: Pick<PlannedChange, "kind" | "name">): string {
  return resourceWords[`${kind} ${name}`] ?? `${kindWords[kind]} ${name.replace(/^volume-(kept-)?/, "")}`;
}
