import type { ListedName } from "../../../core/db/names/name-lists.ts";
import type { Finding } from "../../../core/domain/names/finding.ts";
import type { MinistryState } from "../../../core/domain/names/ministry-steps.ts";
import type { NameKind, NameState } from "../../../core/domain/names/name.ts";
import type { Button } from "../../rendered.ts";

/** What a name is for, as it is called everywhere. */
export const nameKindWords: Record<NameKind, string> = {
  office: "🏢 Situs perangkat daerah",
  application: "💻 Aplikasi",
  service: "⚙️ Layanan lain",
  village: "🏡 Desa",
};

export const nameStateLabels: Record<NameState, { icon: string; label: string }> = {
  reserved: { icon: "🟡", label: "Dipesan" },
  "in-use": { icon: "🔵", label: "Dipakai" },
  quarantined: { icon: "🟠", label: "Karantina" },
};

/** Where a name was seen to lead. */
export const findingWords: Record<Finding, { icon: string; label: string }> = {
  "as-registered": { icon: "✅", label: "Sesuai daftar" },
  unresolved: { icon: "❌", label: "Tidak ditemukan di DNS" },
  elsewhere: { icon: "🚩", label: "Menunjuk ke luar tempat Dinas" },
  differs: { icon: "⚠️", label: "Menunjuk ke alamat lain" },
};

/** How an application to the ministry stands, and the button that notes it. */
export const ministryWords: Record<MinistryState, { icon: string; label: string; button: string }> = {
  preparing: { icon: "📝", label: "Sedang disiapkan", button: "📝 Sedang disiapkan" },
  "sent-by-dinas": { icon: "📮", label: "Dikirim Diskominfo", button: "📮 Dikirim Diskominfo" },
  "sent-by-village": { icon: "📮", label: "Dikirim desa", button: "📮 Dikirim desa" },
  approved: { icon: "✅", label: "Disetujui Kementerian", button: "✅ Disetujui" },
  rejected: { icon: "⛔", label: "Ditolak Kementerian", button: "⛔ Ditolak" },
};

/** "Dinkes", or "Desa Aek Tapa (Marbau)"; undefined of a quarantine. */
export function ownerOf({ officeCode, villageName, district }: ListedName): string | undefined {
  if (villageName !== null) return `Desa ${villageName} (${district})`;
  return officeCode ?? undefined;
}

/** "10.1.2.3, 10.1.2.4", "simpeg.labura.go.id"; undefined: nowhere yet. */
export function targetOf({ aliasOf, addresses }: Pick<ListedName, "aliasOf" | "addresses">): string | undefined {
  if (aliasOf !== null) return aliasOf;
  return addresses.length === 0 ? undefined : addresses.map(({ address }) => address).join(", ");
}

export const namesButton: Button = { label: "◀️ Daftar nama", press: { do: "names", page: 0 } };
export const villagesButton: Button = { label: "◀️ Daftar desa", press: { do: "villages", page: 0 } };

export function nameButton(name: string, label = name): Button {
  return { label, press: { do: "name", name, page: 0 } };
}
