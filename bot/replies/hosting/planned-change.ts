import type { PlannedChange } from "../../../core/domain/hosting/preview.ts";

const changeWords: Record<PlannedChange["change"], string> = {
  create: "➕ Dibuat",
  update: "✏️ Diubah",
  replace: "♻️ Diganti",
  delete: "🗑 Dihapus",
};
const kindWords: Record<PlannedChange["kind"], string> = {
  container: "kontainer",
  network: "jaringan",
  volume: "volume data",
  other: "lainnya",
};

/** "♻️ Diganti: kontainer web-a (image, memory)" */
export function plannedChangeInWords({ change, kind, name, properties }: PlannedChange): string {
  const what = properties.length === 0 ? "" : ` (${properties.join(", ")})`;
  return `${changeWords[change]}: ${resourceInWords({ kind, name })}${what}`;
}

/** For who approves what is built on a host that keeps applications only from each other. */
export const unpreparedHost =
  "⚠️ Aturan firewall host ini tidak terlihat: aplikasi di sana dapat menjangkau host dan jaringan kantor. Jalankan dulu di server Simpul: npm run runbook -- prepare-host";

/** "kontainer web-a" */
export function resourceInWords({ kind, name }: Pick<PlannedChange, "kind" | "name">): string {
  return `${kindWords[kind]} ${name}`;
}
