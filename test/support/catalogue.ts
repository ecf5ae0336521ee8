import type { Catalogue } from "../../core/domain/catalogue/catalogue.ts";
import { officialDuty } from "../../core/domain/procedures/procedure.ts";

const description = { name: "description", kind: "text", maxLength: 3800, minLength: 5 } as const;
const words = { label: "Keterangan", ask: "Untuk apa? Contoh: pelayanan di loket." };

/** Short ones, ones with approval (with and without a letter), and one about a device. The words with markup show that it is escaped. */
export const testCatalogue: Catalogue = [
  {
    name: "wi-fi",
    title: "Akses Wi-Fi",
    hint: "Akun, perangkat & <titik akses>",
    procedure: "short-request",
    team: "infrastructure",
    target: { value: 1, unit: "hours" },
    maintenance: { maintainer: "dinas", team: "infrastructure" },
    form: [{ name: "devices", kind: "number", min: 1, max: 200 }, description, officialDuty],
    words: { devices: { label: "Jumlah perangkat", ask: "Berapa perangkat? Contoh: 3." }, description: words },
  },
  {
    name: "open-blocked-site",
    title: "Buka situs yang diblokir",
    hint: "Dengan surat permintaan resmi",
    procedure: "approved-request",
    team: "infrastructure",
    target: { value: 2, unit: "working days" },
    maintenance: { maintainer: "vendor", vendor: "PT Penyaring", contact: "0812-000" },
    form: [
      { name: "site", kind: "line", maxLength: 100 },
      description,
      { name: "letter-day", kind: "day" },
      { name: "letter-file", kind: "files" },
    ],
    words: {
      site: { label: "Alamat situs", ask: "Alamat situs yang perlu dibuka? Contoh: www.contoh.com." },
      description: words,
      "letter-day": { label: "Tanggal surat", ask: "Tanggal surat? Contoh: 20-11-2026." },
      "letter-file": { label: "Surat permintaan", ask: "Kirim surat permintaan, lalu tekan Lanjut." },
    },
  },
  {
    name: "vpn",
    title: "Akses VPN",
    hint: "Dari luar kantor",
    procedure: "approved-request",
    team: "infrastructure",
    target: { value: 1, unit: "working days" },
    maintenance: { maintainer: "dinas", team: "infrastructure" },
    form: [{ name: "systems", kind: "line", maxLength: 100 }, description],
    words: {
      systems: { label: "Sistem tujuan", ask: "Aplikasi atau server apa? Contoh: server SIMPEG." },
      description: words,
    },
  },
  {
    name: "pc-printer",
    title: "Komputer atau printer",
    hint: "Perbaikan atau pemasangan",
    procedure: "short-request",
    team: "it-support",
    target: { value: 5, unit: "working days" },
    maintenance: { maintainer: "dinas", team: "it-support" },
    form: [{ name: "device", kind: "choice", choices: ["pc", "printer"] }, description],
    words: {
      device: { label: "Perangkat", ask: "Perangkat apa?", choices: { pc: "Komputer", printer: "Printer" } },
      description: words,
    },
  },
  {
    name: "other",
    title: "Permintaan lain",
    hint: "Yang tidak ada dalam daftar ini",
    procedure: "short-request",
    team: "it-support",
    target: { value: 30, unit: "minutes" },
    maintenance: { maintainer: "dinas" },
    form: [description],
    words: { description: words },
  },
];
