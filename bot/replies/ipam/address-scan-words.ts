import { countDifferences } from "../../../core/db/ipam/address-differences.ts";
import { findScan, type PrefixScan } from "../../../core/db/ipam/address-scans.ts";
import type { Seen } from "../../../core/db/ipam/address-sightings.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Difference } from "../../../core/domain/ipam/scan.ts";
import type { Button } from "../../rendered.ts";
import { type Html, html } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";

/** What differs between the register and what was seen, as it is called everywhere. */
export const differenceWords: Record<Difference, { icon: string; label: string }> = {
  unregistered: { icon: "👻", label: "Menjawab, tetapi tidak tercatat dipakai" },
  silent: { icon: "🔇", label: "Tercatat dipakai, tetapi diam" },
};

const problemWords: Record<NonNullable<PrefixScan["problem"]>, string> = {
  "nothing-answers": "tidak satu pun alamat menjawab, jadi jalurnya mungkin terputus dan hasilnya tidak dihitung",
  playground: "ruang coba tidak menanyai jaringan yang sebenarnya",
  "no-fping": "fping belum terpasang di server Simpul",
  failed: "fping tidak dapat bertanya; periksa izinnya (CAP_NET_RAW) dan log Simpul",
};

/** Of a prefix that is scanned: what the last scan has seen. */
export async function scanPart(
  db: Db,
  prefixId: number,
  office: OfficeWords,
): Promise<{ lines: Html[]; buttons: Button[][] }> {
  const scan = await findScan(db, prefixId);
  if (scan === undefined) {
    return { lines: [], buttons: [[{ label: "📡 Pindai tiap hari", press: { do: "begin-scan", prefixId } }]] };
  }
  const counts = await countDifferences(db, { silentDays: office.addressSilentDays, prefixId });
  return {
    lines: [
      html`\n<b>Pindaian</b> ${scanWords(scan, office)}`,
      ...differencesIn(counts).map(({ icon, label, count }) => html`${icon} ${label}: ${count}`),
    ],
    buttons: [
      [
        { label: "📡 Pindai sekarang", press: { do: "scan-prefix", prefixId } },
        { label: "✖️ Hentikan pindaian", press: { do: "end-scan", prefixId } },
      ],
      ...(counts.unregistered + counts.silent === 0 ? [] : [[differencesButton(prefixId)]]),
    ],
  };
}

/** "28 Nov 2026 10.00 WIB: 12 dari 254 alamat menjawab", or why it says nothing. */
export function scanWords({ scannedAt, asked, answered, problem }: PrefixScan, office: OfficeWords): string {
  if (scannedAt === null) return "pertama menunggu giliran";
  const when = showTime(scannedAt, office);
  return problem === null ? `${when}: ${answered} dari ${asked} alamat menjawab` : `${when}: ${problemWords[problem]}`;
}

/** Those of which there are any. */
export function differencesIn(counts: Record<Difference, number>) {
  const kinds = ["unregistered", "silent"] as const;
  return kinds.map((kind) => ({ ...differenceWords[kind], count: counts[kind] })).filter(({ count }) => count > 0);
}

export function differencesButton(prefixId: number): Button {
  return { label: "⚖️ Catatan dan kenyataan", press: { do: "address-differences", prefixId, page: 0 } };
}

/** "Terakhir menjawab: …", on the page of an address. */
export function seenLine({ answeredAt, askedAt, silentDays }: Seen, office: OfficeWords): Html {
  if (answeredAt === null) return html`📡 Belum pernah menjawab pindaian, ${silentDays} hari berturut-turut`;
  if (answeredAt.getTime() === askedAt.getTime()) return html`📡 Menjawab pindaian ${showTime(answeredAt, office)}`;
  if (silentDays === 0) return html`📡 Terakhir menjawab ${showTime(answeredAt, office)}, hari ini diam`;
  return html`📡 Terakhir menjawab ${showTime(answeredAt, office)}, lalu diam ${silentDays} hari berturut-turut`;
}
