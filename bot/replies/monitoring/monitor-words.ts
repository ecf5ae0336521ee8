import { minuteInMilliseconds } from "../../../core/domain/durations.ts";
import type { CheckKind, CheckSettings } from "../../../core/domain/monitoring/check.ts";
import type { LinkKind } from "../../../core/domain/monitoring/link.ts";
import type { ShownState } from "../../../core/domain/monitoring/present.ts";
import type { Problem } from "../../../core/domain/monitoring/sample.ts";
import type { TargetKind } from "../../../core/domain/monitoring/target.ts";
import type { Button } from "../../rendered.ts";

type StateWords = Record<ShownState, { icon: string; label: string }>;

/** How states are called everywhere, but of jobs. */
export const stateWords: StateWords = {
  up: { icon: "🟢", label: "Normal" },
  degraded: { icon: "🟡", label: "Menurun" },
  down: { icon: "🔴", label: "Terputus" },
  unknown: { icon: "⚪", label: "Tidak diketahui" },
  paused: { icon: "⏸", label: "Dijeda" },
  maintenance: { icon: "🛠", label: "Dalam pemeliharaan" },
};

/** A job is not reached: it gives word of itself. */
const jobStateWords: StateWords = { ...stateWords, down: { icon: "🔴", label: "Tidak berkabar" } };

export function stateWordsOf({ kind }: { kind: TargetKind }): StateWords {
  return kind === "job" ? jobStateWords : stateWords;
}

/** "terputus" */
export function downWord(kind: TargetKind): string {
  return stateWordsOf({ kind }).down.label.toLowerCase();
}

export const kindWords: Record<TargetKind, { icon: string; label: string }> = {
  site: { icon: "🏢", label: "Kantor" },
  link: { icon: "🔗", label: "Link" },
  device: { icon: "🖥", label: "Perangkat" },
  application: { icon: "🧩", label: "Aplikasi" },
  job: { icon: "⏱", label: "Pekerjaan berkala" },
};

export const linkKindWords: Record<LinkKind, string> = {
  closed: "Jaringan tertutup",
  internet: "Internet",
  secured: "Internet yang diamankan",
  vpn: "VPN",
};

/** Why a check was missed. */
export const problemWords: Record<Problem, string> = {
  "no-answer": "tidak menjawab",
  refused: "menolak sambungan",
  timeout: "tidak menjawab tepat waktu",
  "wrong-status": "menjawab dengan status yang lain",
  "text-missing": "halamannya tanpa teks yang diharapkan",
  "certificate-expired": "sertifikatnya sudah berakhir",
  "certificate-invalid": "sertifikatnya tidak dapat dipercaya",
  "wrong-answer": "jawabannya bukan yang diharapkan",
  "name-unknown": "namanya tidak dikenal",
  "no-heartbeat": "tidak berkabar",
  "address-forbidden": "alamatnya di luar jaringan yang boleh dipantau",
  "redirect-forbidden": "halamannya mengarah ke luar jaringan yang boleh dipantau",
  "resolver-silent": "server nama tidak menjawab, jadi tidak dapat ditanya",
  "cannot-ask": "tidak dapat ditanya dari server Simpul",
};

/** How the ways of watching are called. */
export const checkWords: Record<CheckKind, string> = {
  ...{ icmp: "Ping", tcp: "Port TCP", http: "Halaman web", dns: "Nama (DNS)" },
  heartbeat: "Tanda dari skrip",
};

/** "ping 10.20.1.1", "DNS simpeg.labura.go.id ke 10.10.5.20", as it was entered. */
export function showCheck(settings: CheckSettings): string {
  switch (settings.kind) {
    case "icmp":
      return `ping ${settings.address}`;
    case "tcp":
      return `TCP ${settings.address} port ${settings.port}`;
    case "http":
      return `halaman ${settings.url}${settings.isCertificateIgnored ? ", sertifikat tidak dinilai" : ""}`;
    case "dns":
      return [`DNS ${settings.name}`, settings.expected.join(", ")].filter((part) => part !== "").join(" ke ");
    case "heartbeat":
      return `tanda tiap ${showSpan(settings.everySeconds * 1_000)}`;
  }
}

/** "12 menit", "3 jam 5 menit", "2 hari 4 jam", of a time that lasts. */
export function showSpan(ms: number): string {
  const minutes = Math.floor(ms / minuteInMilliseconds);
  if (minutes < 1) return "kurang dari semenit";
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days > 0) return hours > 0 ? `${days} hari ${hours} jam` : `${days} hari`;
  if (hours > 0) return rest > 0 ? `${hours} jam ${rest} menit` : `${hours} jam`;
  return `${rest} menit`;
}

/** "1,2 ms" */
export function showLatency(us: number): string {
  const ms = us / 1_000;
  return `${ms.toLocaleString("id-ID", { maximumFractionDigits: ms < 10 ? 1 : 0 })} ms`;
}

/** "0,4%" */
export function showPercent(percent: number): string {
  return `${percent.toLocaleString("id-ID", { maximumFractionDigits: 1 })}%`;
}

export function targetButton(id: number, label: string): Button {
  return { label, press: { do: "target", targetId: id } };
}

export const statusButton: Button = { label: "📶 Status jaringan", press: { do: "status" } };
export const addTargetButton: Button = { label: "➕ Pantau sesuatu", press: { do: "add-target" } };
export const findTargetButton: Button = { label: "🔎 Cari", press: { do: "find-target" } };

/** "5 kantor dan 2 lainnya di belakangnya": offices are what people ask for. @param all what lies behind */
export function behindWords(all: readonly { kind: TargetKind }[]): string {
  const sites = all.filter(({ kind }) => kind === "site").length;
  const others = all.length - sites;
  if (sites === 0) return `${others} di belakangnya`;
  return `${sites} kantor${others === 0 ? "" : ` dan ${others} lainnya`} di belakangnya`;
}
