import type { FieldWords } from "../../replies/procedure-words.ts";

/** What an address is for, and the ticket or letter because of which it is given. */
export const groundsWords: Record<string, FieldWords> = {
  name: { label: "Untuk", ask: "Dipakai untuk apa? (contoh: Server SIMPEG)" },
  basis: { label: "Dasar", ask: "Apa dasarnya: nomor tiket atau nomor surat? (contoh: T-0042 atau 555/210/2026)" },
};
