import type { Asset, AssetKind, AssetState } from "../../../core/domain/inventory/asset.ts";
import type { AssetChange, ChangedField } from "../../../core/domain/inventory/asset-changes.ts";
import { byClass } from "../../../core/domain/inventory/asset-fields.ts";
import { type ContractTerm, contractTermOf } from "../../../core/domain/inventory/contract.ts";
import type { maintainerKinds } from "../../../core/domain/maintenance/maintainer.ts";
import type { Button } from "../../rendered.ts";
import { type OfficeWords, showDay } from "../office-words.ts";

/** Kinds as they are called everywhere. */
export const assetKindWords: Record<AssetKind, string> = {
  router: "Router",
  switch: "Switch",
  "access-point": "Titik akses Wi-Fi",
  server: "Server",
  storage: "Penyimpanan (storage)",
  security: "Perangkat keamanan",
  "patch-panel": "Patch panel",
  outlet: "Titik jaringan",
  ups: "UPS",
  backbone: "Jalur backbone",
  bandwidth: "Kontrak bandwidth",
  "office-lan": "LAN kantor",
  pc: "Komputer atau laptop",
  printer: "Printer atau pemindai",
  other: "Perangkat lain",
};

export const assetStateWords: Record<AssetState, { icon: string; label: string }> = {
  "in-use": { icon: "🟢", label: "Dipakai" },
  spare: { icon: "🔵", label: "Siap pakai" },
  broken: { icon: "🔴", label: "Rusak" },
  retired: { icon: "⚫", label: "Tidak dipakai lagi" },
};

export const assetFieldWords: Record<ChangedField, string> = {
  kind: "Jenis",
  name: "Nama",
  model: "Merek dan model",
  "serial-number": "Nomor seri",
  "asset-tag": "Nomor inventaris",
  location: "Lokasi",
  ports: "Jumlah port",
  provider: "Penyedia",
  "circuit-number": "Nomor sirkit",
  "bandwidth-mbps": "Bandwidth (Mbps)",
  "ends-on": "Kontrak berakhir",
  maintainer: "Pengelola",
  office: "Perangkat daerah",
  state: "Keadaan",
};

export const maintainerWords: Record<(typeof maintainerKinds)[number] | typeof byClass, string> = {
  [byClass]: "Menurut jenisnya",
  dinas: "Diskominfo",
  office: "Perangkat daerah sendiri",
  vendor: "Vendor atau penyedia",
};

/** One side of a change, as people read it. */
export function showChanged({ field }: AssetChange, value: string | null): string {
  if (field === "maintainer") return maintainerWords[(value ?? byClass) as keyof typeof maintainerWords];
  if (value === null) return "kosong";
  if (field === "kind") return assetKindWords[value as AssetKind];
  if (field === "state") return assetStateWords[value as AssetState].label;
  return field === "ends-on" ? showDay(value) : value;
}

/** "🟢 SW-DINKES-1 · Switch · Dinkes" */
export function assetLabel({ state, name, kind, officeCode }: Pick<Asset, "state" | "name" | "kind" | "officeCode">) {
  return `${assetStateWords[state].icon} ${name} · ${assetKindWords[kind]} · ${officeCode}`;
}

const termIcons: Record<ContractTerm, string> = { ended: "🔴", "ends-soon": "🟠", runs: "🟢" };

/** "🟠 31 Des 2026, 12 hari lagi" */
export function contractEnd(endsOn: string, now: Date, { zone }: Pick<OfficeWords, "zone">): string {
  const { term, daysLeft } = contractTermOf(endsOn, { now, zone });
  const left = daysLeft === 0 ? "hari ini" : `${daysLeft} hari lagi`;
  const rest = term === "ended" ? ", sudah berakhir" : term === "ends-soon" ? `, ${left}` : "";
  return `${termIcons[term]} ${showDay(endsOn)}${rest}`;
}

export const inventoryButton: Button = { label: "◀️ Perangkat", press: { do: "inventory" } };

export function assetButton(assetId: number, label: string): Button {
  return { label, press: { do: "asset", assetId } };
}
